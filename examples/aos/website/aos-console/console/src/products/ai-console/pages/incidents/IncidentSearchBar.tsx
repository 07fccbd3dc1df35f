export function IncidentSearchBar() {
  return <input type="search" />;
}
