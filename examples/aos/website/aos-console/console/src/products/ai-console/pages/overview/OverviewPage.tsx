export function OverviewPage() {
  return <p>Is all well?</p>;
}
