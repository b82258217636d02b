# The image of a node: a Java runtime with what LockGrid uses of it, and the distribution.
#
#   docker build --tag lockgrid .     from the sources, with images of a registry
#   scripts/image                     without a registry: from Debian's packages, this machine's JDK and build

# A JDK from 21 on and, to build from the sources, Maven.
ARG JDK=maven:3.9-eclipse-temurin-25
# A Debian: what the nodes run on.
ARG BASE=debian:12-slim

FROM ${JDK} AS build
# What jdeps names, less java.desktop and java.compiler, of which libraries only mention names; java.instrument is for
# agents. The last option of the JVM keeps JDKs that know it from warning of what Netty does. The archive of classes that
# goes is for heaps of 32 GB and more.
RUN quiet=--sun-misc-unsafe-memory-access=allow; java $quiet -version 2>/dev/null || quiet=; \
    jlink --output /opt/java --no-header-files --no-man-pages --compress zip-6 --generate-cds-archive \
      --add-modules java.instrument,java.logging,java.management,java.naming,java.net.http,java.sql,jdk.crypto.ec \
      --add-modules jdk.jfr,jdk.management,jdk.unsupported \
      --add-options "-XX:MaxRAMPercentage=50 -XX:+ExitOnOutOfMemoryError -XX:-UsePerfData $quiet" && \
    rm -f /opt/java/lib/server/classes_nocoops*.jsa
WORKDIR /src
COPY . .
# scripts/image sends the distribution in place of the sources.
RUN [ ! -f pom.xml ] || mvn --batch-mode --projects lock-cli --also-make package -Dmaven.test.skip=true
# Classes as the build's JVM archived them are not for this runtime; its own archive would take the image past 200 MB.
RUN rm -f lock-cli/target/lockgrid/lib/lockgrid.jsa
# Ratis would unpack its native library into /tmp, which a read-only file system does not allow.
RUN mkdir /native && cd /native && \
    jar --extract --file /src/lock-cli/target/lockgrid/lib/ratis-thirdparty-misc-*.jar META-INF/native && \
    cp META-INF/native/*_epoll_*.so . && rm -r META-INF

FROM ${BASE}
LABEL org.opencontainers.image.title="LockGrid" \
      org.opencontainers.image.description="A clustered lock service that speaks three published lock APIs" \
      org.opencontainers.image.licenses="Apache-2.0"
RUN groupadd --gid 7700 lockgrid && \
    useradd --uid 7700 --gid 7700 --home-dir /var/lib/lockgrid --no-create-home --shell /usr/sbin/nologin lockgrid && \
    install --directory --owner 7700 --group 7700 --mode 700 /var/lib/lockgrid
COPY --from=build /opt/java /opt/java
COPY --from=build /native /usr/java/packages/lib
COPY deploy/health /opt/lockgrid/bin/health
COPY --from=build /src/lock-cli/target/lockgrid /opt/lockgrid
# A container is not reached on its loopback address, and a node serves no other without knowing who calls.
ENV PATH=/opt/java/bin:$PATH \
    LOCKGRID_DATA=/var/lib/lockgrid/data \
    LOCKGRID_HTTP_HOST=0.0.0.0 \
    LOCKGRID_AUTH=token
USER 7700:7700
WORKDIR /var/lib/lockgrid
VOLUME /var/lib/lockgrid
EXPOSE 7701 7801
HEALTHCHECK --interval=5s --timeout=3s --start-period=1m --retries=3 CMD ["/opt/lockgrid/bin/health"]
ENTRYPOINT ["java", "@/opt/lockgrid/lib/node.options", "-jar", "/opt/lockgrid/lib/lockgrid.jar"]
CMD ["node"]
