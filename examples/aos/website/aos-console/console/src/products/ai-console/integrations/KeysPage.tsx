export function KeysPage() {
  return <p>Keys; each is shown once.</p>;
}
