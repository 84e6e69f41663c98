FROM python:3.13-slim AS build
WORKDIR /source
COPY pyproject.toml hatch_build.py README.md LICENSE ./
COPY codegpt_doctor codegpt_doctor
RUN python -m venv /opt/codegpt-doctor \
    && /opt/codegpt-doctor/bin/pip install --no-cache-dir '.[exporter,mcp]' \
    && /opt/codegpt-doctor/bin/pip uninstall --yes pip

FROM python:3.13-slim
LABEL org.opencontainers.image.source="https://github.com/codegpt-doctor/codegpt-doctor" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.title="codegpt-doctor"
COPY --from=build /opt/codegpt-doctor /opt/codegpt-doctor
ENV PATH="/opt/codegpt-doctor/bin:$PATH" \
    PYTHONDONTWRITEBYTECODE=1
# nobody, who can write nowhere; the file system can be read-only
USER 65534:65534
WORKDIR /work
EXPOSE 9877
# of the exporter; every other command ends before it is asked
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:9877/-/healthy', timeout=4).close()"]
ENTRYPOINT ["codegpt-doctor"]
CMD ["--help"]
