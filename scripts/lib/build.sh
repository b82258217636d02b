# shellcheck shell=bash
# The build that the scripts run. Sourced, never run, after jdk.sh and use_jdk.

LOCKGRID_ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
LOCKGRID_JAR=$LOCKGRID_ROOT/lock-cli/target/lockgrid/lib/lockgrid.jar
# Classes as the build's JVM left them, nearly half of the work of a start; a JVM that they do not fit goes on in silence.
LOCKGRID_ARCHIVE=(-XX:SharedArchiveFile="${LOCKGRID_JAR%.jar}.jsa" '-Xlog:cds*=off')
LOCKGRID_NODE_OPTIONS=@${LOCKGRID_JAR%/*}/node.options
MAVEN_ADVICE='Help 1|e-run Maven|more information|After correcting|mvn <args>'

# Succeeds if there is a build.
is_built() {
  [[ -f $LOCKGRID_JAR ]]
}

# Succeeds if there is a build and no source is newer.
is_built_from_sources() {
  is_built && [[ -z $(cd "$LOCKGRID_ROOT" && find pom.xml lock-{statemachine,http,node,cli}/{pom.xml,src/main} \
    -newer "$LOCKGRID_JAR" -print -quit) ]]
}

# Builds the distribution.
build() {
  build_module lock-cli
}

# Packs module $1: says so in a line, and if it fails, where the log is and the first errors in it.
build_module() {
  local log=$LOCKGRID_ROOT/$1/target/build.log
  echo "Building LockGrid, which takes about a minute (log: $log) ..." >&2
  mkdir -p "$(dirname "$log")"
  if ! (cd "$LOCKGRID_ROOT" && scripts/mvn --batch-mode --projects "$1" --also-make package \
    -Dmaven.test.skip=true) >"$log" 2>&1 </dev/null; then
    echo "The build failed; its log is $log. It says:" >&2
    { grep -E '^\[ERROR\] +.*[a-z]' "$log" | grep -vE "$MAVEN_ADVICE" || tail -n 8 "$log"; } |
      awk '!seen[$0]++' | head -n 8 >&2
    return 1
  fi
}

# Becomes the lockgrid command.
run_lockgrid() {
  local options
  read -ra options <<<"$(jvm_quiet_options)"
  # A verb is over before better machine code or a better collector would pay.
  [[ ${1-} == node ]] && options+=("$LOCKGRID_NODE_OPTIONS") || options+=(-XX:TieredStopAtLevel=1 -XX:+UseSerialGC)
  exec java "${LOCKGRID_ARCHIVE[@]}" "${options[@]+"${options[@]}"}" -jar "$LOCKGRID_JAR" "$@"
}
