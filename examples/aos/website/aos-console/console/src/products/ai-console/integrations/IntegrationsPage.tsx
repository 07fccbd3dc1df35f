export function IntegrationsPage() {
  return <p>Connected services.</p>;
}
