# docker build -t camclips .                         builds the service in a build stage
# docker build -t camclips --build-arg JAR=given .   uses the JAR in target/
ARG BASE=debian:bookworm-slim
ARG JAR=built

FROM ${BASE} AS jdk
RUN mkdir -p /usr/share/man/man1 && apt-get update && apt-get install -y --no-install-recommends ca-certificates openjdk-17-jdk-headless \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /build

FROM jdk AS jar-built
COPY mvnw pom.xml ./
COPY .mvn .mvn
COPY src src
RUN --mount=type=cache,target=/root/.m2 ./mvnw -B -ntp -q package -DskipTests -Dspotless.check.skip && mv target/camclips-*.jar app.jar

FROM jdk AS jar-given
COPY target/camclips-*.jar app.jar

FROM jar-${JAR} AS jar
COPY image/EmptyAnswers.java image/
RUN java -Djarmode=tools -jar app.jar extract --destination app && javac -d classes image/EmptyAnswers.java

FROM ${BASE}
RUN mkdir -p /usr/share/man/man1 && apt-get update && apt-get install -y --no-install-recommends ca-certificates ffmpeg openjdk-17-jre-headless tini \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd -g 10001 camclips && useradd -u 10001 -g camclips -d /nonexistent -s /usr/sbin/nologin camclips \
    && install -d -o camclips -g camclips /var/lib/camclips/scratch
COPY --from=jar /build/app /app
COPY image/jvm.options image/train.sh /app/
# CDS archive of the classes loaded at startup; the JAR files must keep their paths and modification times
RUN --mount=type=bind,from=jar,source=/build/classes,target=/classes /app/train.sh /app /classes
USER 10001:10001
ENV CLIP_DOWNLOAD_DEST=/var/lib/camclips/scratch
EXPOSE 8080 9876
ENTRYPOINT ["tini", "--", "java", "@/app/jvm.options", "-XX:SharedArchiveFile=/app/app.jsa", "-jar", "/app/app.jar"]
