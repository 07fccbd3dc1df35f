export const Orders = () => null
