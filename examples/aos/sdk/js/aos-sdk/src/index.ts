export { AOSClient } from "./client";
export { RuntimeContext } from "./runtime";
export { Trace } from "./trace";
