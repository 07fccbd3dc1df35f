export function SupportPage() {
  return <p>Whom to write to.</p>;
}
