#!/usr/bin/env bash
HERE="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
ROOT="${ROOT:-$HERE/../..}"
. "$HERE/common.sh"

run() {
    local name="$1"
    echo "running $name"
    bash "$HERE/$name.sh"
}

run check_a
for one in check_b.sh missing.sh; do
    "${BASH_SOURCE%/*}/$one"
done
cleanup="python $ROOT/scripts/ops/cleanup.py"
$cleanup --dry-run
echo "python -m app.main"
grep -q python backend/app/main.py
if ! [ -d backend ]; then cd "$ROOT"; fi
(cd backend && timeout 5 python -m app.report)
case "$1" in
    broken) cd "$UNKNOWN/elsewhere"; python thing.py ;;
    unread) if then (( ;;
esac
sudo -u shop env A=b nohup python3.11 -u -m app.cli "$@" &
