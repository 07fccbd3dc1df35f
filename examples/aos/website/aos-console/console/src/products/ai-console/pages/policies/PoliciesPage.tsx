export function PoliciesPage() {
  return <p>Rules.</p>;
}
