export function IncidentFilters() {
  return <form />;
}
