export function AIConsoleLayout({ children }: { children: React.ReactNode }) {
  return <main>{children}</main>;
}
