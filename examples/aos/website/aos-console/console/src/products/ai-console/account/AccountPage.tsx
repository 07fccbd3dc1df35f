export function AccountPage() {
  return <p>Organisation and team.</p>;
}
