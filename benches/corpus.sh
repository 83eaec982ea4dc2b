#!/usr/bin/env bash
# Times `ibid build`, and `hugo` where it is found, on one corpus.
#
#   benches/corpus.sh [GENERATOR]
#
# GENERATOR (or IBID_CORPUS_GENERATOR) is a Python program that writes the same pages in the
# dialects `ibid` and `hugo`:
#
#   GENERATOR --pages N --dialect ibid|hugo --out DIR
#
# PAGES (10000) and RUNS (5) are taken from the environment. Each run writes to a folder that
# was not there before, because removing a large output just before a build makes creating
# files slower; the two programs take turns, so that neither meets the quieter machine. What is
# printed is the median of the wall times, and how they compare. The numbers depend on the
# machine and its mood: this is run by hand, on a quiet machine, and is no test.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

generator="${1:-${IBID_CORPUS_GENERATOR:-}}"
pages="${PAGES:-10000}"
runs="${RUNS:-5}"
if [[ ! -f "$generator" ]]; then
  echo "benches/corpus.sh: name a corpus generator; the head of this file says what it takes" >&2
  exit 2
fi

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

cargo build --release --locked
ibid="$PWD/target/release/ibid"
hugo="$(command -v hugo || true)"

python3 "$generator" --pages "$pages" --dialect ibid --out "$work/ibid"
if [[ ! -f "$work/ibid/site.toml" ]]; then
  printf 'title = "Corpus"\nbase_url = "https://example.org"\n' >"$work/ibid/site.toml"
fi
if [[ -n "$hugo" ]]; then
  python3 "$generator" --pages "$pages" --dialect hugo --out "$work/hugo"
fi

# Prints the seconds that a command takes.
seconds() {
  local start end
  start="$(date +%s%N)"
  if ! "$@" >"$work/log" 2>&1 </dev/null; then
    cat "$work/log" >&2
    echo "benches/corpus.sh: this did not succeed: $*" >&2
    exit 1
  fi
  end="$(date +%s%N)"
  awk -v ns="$((end - start))" 'BEGIN { printf "%.3f\n", ns / 1e9 }'
}

median() {
  sort -n "$1" | awk '{ all[NR] = $1 } END { print (NR % 2 ? all[(NR + 1) / 2] : (all[NR / 2] + all[NR / 2 + 1]) / 2) }'
}

for run in $(seq "$runs"); do
  seconds "$ibid" build --root "$work/ibid" --output "$work/out-ibid-$run" --no-cache >>"$work/ibid-times"
  if [[ -n "$hugo" ]]; then
    seconds "$hugo" --source "$work/hugo" --destination "$work/out-hugo-$run" --quiet >>"$work/hugo-times"
  fi
done

ours="$(median "$work/ibid-times")"
echo "ibid  $pages pages, median of $runs: $ours s  ($(tr '\n' ' ' <"$work/ibid-times"))"
if [[ -n "$hugo" ]]; then
  theirs="$(median "$work/hugo-times")"
  echo "hugo  $pages pages, median of $runs: $theirs s  ($(tr '\n' ' ' <"$work/hugo-times"))"
  awk -v ours="$ours" -v theirs="$theirs" 'BEGIN { printf "hugo / ibid = %.2f\n", theirs / ours }'
else
  echo "hugo is not installed: nothing to compare with"
fi
