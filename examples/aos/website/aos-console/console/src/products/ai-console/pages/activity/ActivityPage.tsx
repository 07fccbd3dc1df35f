export function ActivityPage() {
  return <p>What ran.</p>;
}
