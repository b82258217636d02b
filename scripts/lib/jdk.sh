# shellcheck shell=bash
# Chooses the JDK for every script. Sourced, never run: call use_jdk, then java, javac and mvn are of that JDK.

JDK_MIN=21

# Prints the version of the JDK in folder $1, for example 21.0.9; nothing if it holds no JDK.
jdk_version() {
  if [[ -x $1/bin/javac && -r $1/release ]]; then
    sed -n 's/^JAVA_VERSION="\(.*\)"/\1/p' "$1/release"
  fi
}

# Prints the first number of the version of the JDK in folder $1; 0 if it holds no JDK.
jdk_major() {
  local version
  version=$(jdk_version "$1")
  version=${version%%[.+_-]*}
  [[ $version =~ ^[0-9]+$ ]] && echo "$version" || echo 0
}

# Succeeds if folder $1 holds a JDK that is new enough.
jdk_is_enough() {
  (($(jdk_major "$1") >= JDK_MIN))
}

# Prints the folder of the JDK that the java on the PATH belongs to; nothing if there is none.
jdk_on_path() {
  java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p' || true
}

# Prints the folder of the newest JDK that is new enough in the folders where JDKs are usually installed.
jdk_newest_installed() {
  local home
  for home in /usr/lib/jvm/* /usr/java/* /opt/*jdk* /opt/java/* "${HOME-}"/.sdkman/candidates/java/* "${HOME-}"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "$(/usr/libexec/java_home -v "$JDK_MIN+" 2>/dev/null || true)"; do
    if jdk_is_enough "$home"; then
      printf '%s\t%s\n' "$(jdk_version "$home")" "$home"
    fi
  done | sort -V | tail -n 1 | cut -f 2
}

# Sets JAVA_HOME and PATH to the first of: JAVA_HOME, the java on the PATH, the newest installed; else says why not.
use_jdk() {
  local home=${JAVA_HOME:-}
  jdk_is_enough "$home" || home=$(jdk_on_path)
  jdk_is_enough "$home" || home=$(jdk_newest_installed)
  if [[ -z $home ]]; then
    echo "No JDK $JDK_MIN or later found (LockGrid is written for Java $JDK_MIN): install one, or set JAVA_HOME to it." >&2
    return 1
  fi
  export JAVA_HOME=$home PATH=$home/bin:$PATH
}

# Prints the option that keeps the JDK in JAVA_HOME from warning of what Netty and Maven's own libraries do with memory;
# nothing for an older one, which would not start with it.
jvm_quiet_options() {
  (($(jdk_major "$JAVA_HOME") < 24)) || echo "--sun-misc-unsafe-memory-access=allow"
}
