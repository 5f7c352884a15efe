package routes.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import com.marcnuri.helm.Helm;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values in, manifests out. */
class ChartTest {
    private static final long GIB = 1L << 30;

    @Test
    void theChartPassesTheStrictLint() {
        var lint = new Helm(RenderedChart.CHART).lint().strict().call();

        assertThat(lint.isFailed()).as("%s", lint.getMessages()).isFalse();
    }

    @Test
    void allMissingValuesAreListedAtOnce() {
        assertThatThrownBy(
                        () -> RenderedChart.of(
                                """
                        aws: {region: ''}
                        settings: {JOBS_TABLE: '', AWS_SQS_QUEUE: '', CLIP_URL: '', JWT_ISSUER: '', JWT_AUDIENCE: ''}
                        """))
                .hasMessageContaining(
                        "required values are missing: aws.region, settings.AWS_SQS_QUEUE, settings.JOBS_TABLE, "
                                + "settings.CLIP_URL, settings.JWT_ISSUER or settings.JWT_JWKS_URL (while settings.API_AUTH is on), "
                                + "settings.JWT_AUDIENCE (while settings.API_AUTH is on)");
    }

    @Test
    void theChartChecksAuthenticationAsTheServiceDoes() throws Exception {
        assertThatThrownBy(() -> RenderedChart.of("settings: {JWT_ISSUER: ''}"))
                .hasMessageContaining("settings.JWT_ISSUER or settings.JWT_JWKS_URL (while");
        assertThatThrownBy(() -> RenderedChart.of("settings: {JWT_AUDIENCE: ''}"))
                .hasMessageContaining("settings.JWT_AUDIENCE (while");
        assertThatThrownBy(() -> RenderedChart.of("settings: {API_AUTH: 'off'}"))
                .hasMessageContaining("settings.SERVER_ADDRESS is a loopback address, not 0.0.0.0");

        String keys = "https://issuer.example.com/keys";
        assertThat(RenderedChart.of("settings: {JWT_ISSUER: '', JWT_JWKS_URL: '" + keys + "'}")
                        .environment("api"))
                .containsEntry("JWT_JWKS_URL", keys)
                .doesNotContainKey("JWT_ISSUER");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "::1"})
    void withoutTokensOnlyThePodItselfIsServed(String address) throws Exception {
        RenderedChart chart = RenderedChart.of(
                "settings: {API_AUTH: 'off', JWT_ISSUER: '', JWT_AUDIENCE: '', SERVER_ADDRESS: '" + address + "'}");

        assertThat(chart.environment("api")).containsEntry("API_AUTH", "off").containsEntry("SERVER_ADDRESS", address);
    }

    @Test
    void twoRolesScaleApartByDefault() throws Exception {
        RenderedChart chart = RenderedChart.of("");

        assertThat(chart.all(Deployment.class))
                .extracting(d -> d.getMetadata().getName())
                .containsExactly("clips-camclips-api", "clips-camclips-worker");
        assertThat(chart.environment("api")).containsEntry("ROLE", "api");
        assertThat(chart.environment("worker")).containsEntry("ROLE", "worker");
        assertThat(chart.one(Service.class, "").getSpec().getSelector())
                .containsEntry("app.kubernetes.io/component", "api");
        assertThat(chart.all(HorizontalPodAutoscaler.class)).isEmpty();
        assertThat(chart.all(Ingress.class)).isEmpty();
        assertThat(chart.other("ScaledObject")).isNull();
    }

    @Test
    void oneDeploymentMayDoEverything() throws Exception {
        RenderedChart chart = RenderedChart.of("deployments: both\nroles: {both: {replicas: 3}}");

        assertThat(chart.all(Deployment.class)).singleElement().satisfies(d -> {
            assertThat(d.getSpec().getReplicas()).isEqualTo(3);
            assertThat(d.getSpec().getSelector().getMatchLabels())
                    .isEqualTo(chart.one(Service.class, "").getSpec().getSelector());
        });
        assertThat(chart.environment("both")).containsEntry("ROLE", "both");
    }

    @ParameterizedTest
    @ValueSource(strings = {"api", "worker"})
    void podsPassTheRestrictedStandardAndKnowTheirProbes(String role) throws Exception {
        RenderedChart chart = RenderedChart.of("");
        PodSpec pod = chart.pod(role);
        Container container = chart.container(role);

        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getRunAsUser()).isEqualTo(10_001);
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(pod.getAutomountServiceAccountToken()).isFalse();
        assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
        assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
        assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(container.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/observe/health/ready");
        assertThat(container.getLivenessProbe().getHttpGet().getPath()).isEqualTo("/observe/health/live");
        assertThat(container.getStartupProbe().getHttpGet().getPort().getStrVal())
                .isEqualTo("management");
        assertThat(container.getPorts())
                .anySatisfy(port -> assertThat(port.getContainerPort()).isEqualTo(9876));
        assertThat(container.getVolumeMounts())
                .extracting(VolumeMount::getMountPath)
                .containsExactly("/var/lib/camclips/scratch", "/tmp");
    }

    @Test
    void aPodHasTimeToDrain() throws Exception {
        assertThat(RenderedChart.of("settings: {DRAIN: 600}").pod("worker").getTerminationGracePeriodSeconds())
                .as("more than 90 s above the drain time")
                .isEqualTo(700);
    }

    @Test
    void theServiceKnowsHowMuchOfItsVolumeItMayFill() throws Exception {
        RenderedChart chart = RenderedChart.of("roles: {worker: {scratchGiB: 50}}");

        var scratch = chart.pod("worker").getVolumes().get(0).getEmptyDir();
        assertThat(scratch.getSizeLimit()).isEqualTo(new Quantity("50Gi"));
        assertThat(Long.parseLong(chart.environment("worker").get("SCRATCH_LIMIT")))
                .isEqualTo(50 * GIB * 9 / 10);
        assertThat(chart.container("worker").getResources().getRequests())
                .containsEntry("ephemeral-storage", new Quantity("51Gi"))
                .containsEntry("cpu", new Quantity("2"));
        assertThat(chart.container("worker").getResources().getLimits()).containsOnlyKeys("memory");
    }

    @ParameterizedTest
    @ValueSource(strings = {"128Mi", "255Mi", "0.2Gi"})
    void aPodThatJavaCannotLiveInIsRefused(String memory) {
        assertThatThrownBy(() -> RenderedChart.of("roles: {api: {resources: {limits: {memory: " + memory + "}}}}"))
                .hasMessageContaining("roles.api.resources.limits.memory is " + memory);
    }

    @ParameterizedTest
    @ValueSource(strings = {"256Mi", "0.5Gi", "2Gi", "536870912", "512M"})
    void aMemoryLimitMayBeWrittenAsKubernetesReadsIt(String memory) throws Exception {
        RenderedChart chart = RenderedChart.of("roles: {worker: {resources: {limits: {memory: " + memory + "}}}}");

        assertThat(chart.container("worker").getResources().getLimits().get("memory"))
                .isEqualTo(new Quantity(memory));
    }

    @Test
    void aPodNeedsNoMemoryLimit() throws Exception {
        RenderedChart chart = RenderedChart.of("roles: {worker: {resources: {limits: null}}}");

        assertThat(chart.container("worker").getResources().getLimits()).isNullOrEmpty();
    }

    @Test
    void kedaCountsTheVisibleMessagesOfEveryQueue() throws Exception {
        RenderedChart chart = RenderedChart.of(
                """
                settings: {CLIP_WORKERS: 4}
                roles: {worker: {keda: {enabled: true}}}
                """);

        assertThat(chart.one(Deployment.class, "-worker").getSpec().getReplicas())
                .as("otherwise each upgrade would reset the replicas of KEDA")
                .isNull();
        Map<?, ?> spec = (Map<?, ?>) chart.other("ScaledObject").get("spec");
        assertThat(spec.get("scaleTargetRef")).isEqualTo(Map.of("name", "clips-camclips-worker"));
        assertThat(spec.get("minReplicaCount")).isEqualTo(0);
        assertThat(spec.get("fallback")).isEqualTo(Map.of("failureThreshold", 3, "replicas", 1));
        List<?> triggers = (List<?>) spec.get("triggers");
        assertThat(triggers)
                .as("KEDA's fallback supports only the metric type AverageValue, its default")
                .hasSize(2)
                .allSatisfy(trigger -> assertThat(trigger).asInstanceOf(MAP).doesNotContainKey("metricType"));
        assertThat(metadata(triggers.get(0)))
                .containsEntry("queueURL", "clips")
                .containsEntry("queueLength", "4")
                .containsEntry("scaleOnInFlight", "true")
                .containsEntry("scaleOnDelayed", "false");
        assertThat(metadata(triggers.get(1)))
                .containsEntry("queueURL", "clips-dead-letters")
                .containsEntry("scaleOnInFlight", "false")
                .containsEntry("scaleOnDelayed", "false");
        assertThat(chart.other("TriggerAuthentication").get("spec"))
                .isEqualTo(Map.of("podIdentity", Map.of("provider", "aws", "identityOwner", "workload")));
    }

    @Test
    void aTranscoderIsDeployedAndScalesByItsOwnQueue() throws Exception {
        String on =
                """
                settings: {TRANSCODE_QUEUE: films, TRANSCODE_BUCKET: uploads, KEYS_TABLE: keys, TRANSCODE_WORKERS: 3}
                """;
        RenderedChart chart = RenderedChart.of(
                on + "roles: {worker: {keda: {enabled: true}}, transcoder: {keda: {enabled: true, maxReplicas: 4}}}");

        assertThat(chart.all(Deployment.class))
                .extracting(d -> d.getMetadata().getName())
                .containsExactly("clips-camclips-api", "clips-camclips-worker", "clips-camclips-transcoder");
        assertThat(chart.environment("transcoder"))
                .containsEntry("ROLE", "transcoder")
                .containsEntry("TRANSCODE_BUCKET", "uploads");
        assertThat(chart.container("transcoder").getLifecycle()).isNull();
        Map<?, ?> worker = (Map<?, ?>) chart.other("ScaledObject", "-worker").get("spec");
        Map<?, ?> transcoder =
                (Map<?, ?>) chart.other("ScaledObject", "-transcoder").get("spec");
        assertThat((List<?>) worker.get("triggers"))
                .extracting(trigger -> metadata(trigger).get("queueURL"))
                .containsExactly("clips", "clips-dead-letters");
        assertThat(transcoder.get("maxReplicaCount")).isEqualTo(4);
        assertThat((List<?>) transcoder.get("triggers"))
                .extracting(trigger -> metadata(trigger).get("queueURL"))
                .containsExactly("films", "films-dead-letters");
        assertThat(metadata(((List<?>) transcoder.get("triggers")).get(0))).containsEntry("queueLength", "3");

        RenderedChart both = RenderedChart.of(on + "deployments: both\nroles: {both: {keda: {enabled: true}}}");
        assertThat((List<?>) ((Map<?, ?>) both.other("ScaledObject").get("spec")).get("triggers"))
                .extracting(trigger -> metadata(trigger).get("queueURL"))
                .containsExactly("clips", "clips-dead-letters", "films", "films-dead-letters");
    }

    @Test
    void transcodersScaleByEventsOfMediaConvertToo() throws Exception {
        String on =
                """
                settings:
                  TRANSCODE_QUEUE: films
                  TRANSCODE_BUCKET: uploads
                  KEYS_TABLE: keys
                  TRANSCODE_ENGINE: mediaconvert
                """;
        String events =
                """
                  TRANSCODE_EVENTS_QUEUE: arn:aws:sqs:eu-west-1:123456789012:events
                  MEDIACONVERT_ROLE: arn:aws:iam::123456789012:role/mediaconvert
                  MEDIACONVERT_JOB_TEMPLATE: hls
                roles: {transcoder: {keda: {enabled: true}}}
                """;
        Map<?, ?> transcoder =
                (Map<?, ?>) RenderedChart.of(on + events).other("ScaledObject").get("spec");

        assertThat((List<?>) transcoder.get("triggers"))
                .extracting(trigger -> metadata(trigger).get("queueURL"))
                .containsExactly(
                        "films", "films-dead-letters", "https://sqs.eu-west-1.amazonaws.com/123456789012/events");
        assertThatThrownBy(() -> RenderedChart.of(on))
                .hasMessageContaining("required values are missing: settings.TRANSCODE_EVENTS_QUEUE (while mediaconvert"
                        + " is an engine), settings.MEDIACONVERT_ROLE (while");
    }

    @Test
    void aQueueOfTranscodesNeedsItsBucketAndTable() {
        assertThatThrownBy(() -> RenderedChart.of("settings: {TRANSCODE_QUEUE: films}"))
                .hasMessageContaining("required values are missing: settings.TRANSCODE_BUCKET (while"
                        + " settings.TRANSCODE_QUEUE is set), settings.KEYS_TABLE (while");
    }

    @Test
    void anUnreadableQueueLeavesTheFewestWorkersThatAreWanted() throws Exception {
        RenderedChart chart = RenderedChart.of("roles: {worker: {keda: {enabled: true, minReplicas: 3}}}");

        assertThat((Map<?, ?>) chart.other("ScaledObject").get("spec"))
                .extracting("fallback")
                .isEqualTo(Map.of("failureThreshold", 3, "replicas", 3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "roles: {worker: {keda: {enabled: true, minReplicas: 11}}}",
                "deployments: both\nroles: {both: {keda: {enabled: true, maxReplicas: 2, minReplicas: 3}}}",
                "roles: {api: {autoscaling: {enabled: true, minReplicas: 7}}}"
            })
    void theFewestReplicasAreNotMoreThanTheMost(String values) {
        assertThatThrownBy(() -> RenderedChart.of(values)).hasMessageContaining("minReplicas is above its maxReplicas");
    }

    private static Map<Object, Object> metadata(Object trigger) {
        assertThat(trigger).asInstanceOf(MAP).containsEntry("type", "aws-sqs-queue");
        @SuppressWarnings("unchecked")
        Map<Object, Object> metadata = (Map<Object, Object>) ((Map<?, ?>) trigger).get("metadata");
        return metadata;
    }

    @Test
    void oneReplicaRemainsForTheSweep() throws Exception {
        RenderedChart chart = RenderedChart.of("deployments: both\nroles: {both: {keda: {enabled: true}}}");

        assertThat((Map<?, ?>) chart.other("ScaledObject").get("spec"))
                .extracting("minReplicaCount")
                .isEqualTo(1);
        assertThatThrownBy(() -> RenderedChart.of("roles: {both: {keda: {minReplicas: 0}}}"))
                .hasMessageContaining("minReplicas");
        assertThatThrownBy(() -> RenderedChart.of("roles: {api: {replicas: 0}}"))
                .hasMessageContaining("replicas");
    }

    @Test
    void theApiScalesByCpu() throws Exception {
        RenderedChart chart = RenderedChart.of("roles: {api: {autoscaling: {enabled: true, maxReplicas: 9}}}");

        HorizontalPodAutoscaler hpa = chart.one(HorizontalPodAutoscaler.class, "-api");
        assertThat(hpa.getSpec().getScaleTargetRef().getName()).isEqualTo("clips-camclips-api");
        assertThat(hpa.getSpec().getMaxReplicas()).isEqualTo(9);
        assertThat(hpa.getSpec().getMetrics().get(0).getResource().getTarget().getAverageUtilization())
                .isEqualTo(70);
        assertThat(chart.one(Deployment.class, "-api").getSpec().getReplicas()).isNull();
    }

    @Test
    void theNetworkIsClosedExceptForNamedPeers() throws Exception {
        NetworkPolicy closed = RenderedChart.of("").one(NetworkPolicy.class, "");
        assertThat(closed.getSpec().getPolicyTypes()).containsExactly("Ingress", "Egress");
        assertThat(closed.getSpec().getIngress()).isEmpty();
        assertThat(ports(closed)).containsExactly(53, 53, 443, 80);

        NetworkPolicy open = RenderedChart.of(
                        """
                        settings: {RECORDINGS_URL: "http://recordings.cameras:8088"}
                        networkPolicy:
                          apiFrom: [{namespaceSelector: {matchLabels: {name: ingress}}}]
                          monitoringFrom: [{podSelector: {matchLabels: {app: prometheus}}}]
                        """)
                .one(NetworkPolicy.class, "");
        assertThat(open.getSpec().getIngress())
                .extracting(rule -> rule.getPorts().get(0).getPort().getStrVal())
                .containsExactly("http", "management");
        assertThat(ports(open)).containsExactly(53, 53, 443, 8088, 80);
    }

    @Test
    void podIdentityGivesItsRoleOverBothFamiliesOfAddresses() throws Exception {
        NetworkPolicy policy = RenderedChart.of("").one(NetworkPolicy.class, "");

        assertThat(policy.getSpec().getEgress()).anySatisfy(rule -> {
            assertThat(rule.getTo())
                    .extracting("ipBlock.cidr")
                    .containsExactly("169.254.170.23/32", "fd00:ec2::23/128");
            assertThat(rule.getPorts())
                    .singleElement()
                    .satisfies(port -> assertThat(port.getPort().getIntVal()).isEqualTo(80));
        });
    }

    @Test
    void moreMayBeCalledThanTheUrlsSay() throws Exception {
        NetworkPolicy policy = RenderedChart.of(
                        """
                        networkPolicy:
                          extraEgress: [{to: [{podSelector: {}}], ports: [{port: 8443, protocol: TCP}]}]
                        """)
                .one(NetworkPolicy.class, "");

        assertThat(ports(policy)).containsExactly(53, 53, 443, 80, 8443);
    }

    private static List<Integer> ports(NetworkPolicy policy) {
        return policy.getSpec().getEgress().stream()
                .flatMap(rule -> rule.getPorts().stream())
                .map(NetworkPolicyPort::getPort)
                .map(port -> port.getIntVal())
                .toList();
    }

    @Test
    void podsTakeAnIamRoleOrKeysFromASecret() throws Exception {
        RenderedChart role = RenderedChart.of("serviceAccount: {roleArn: 'arn:aws:iam::123456789012:role/camclips'}");
        assertThat(role.one(ServiceAccount.class, "").getMetadata().getAnnotations())
                .containsEntry("eks.amazonaws.com/role-arn", "arn:aws:iam::123456789012:role/camclips");
        assertThat(role.pod("worker").getServiceAccountName()).isEqualTo("clips-camclips");
        assertThat(role.container("worker").getEnvFrom()).hasSize(1);

        RenderedChart keys = RenderedChart.of("existingSecret: keys\nserviceAccount: {create: false, name: theirs}");
        assertThat(keys.all(ServiceAccount.class)).isEmpty();
        assertThat(keys.pod("api").getServiceAccountName()).isEqualTo("theirs");
        assertThat(keys.container("api").getEnvFrom().get(1).getSecretRef().getName())
                .isEqualTo("keys");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CONSOLE_PASSWORD",
                "PLAYLIST_SECRET",
                "AWS_ACCESS_KEY_ID",
                "AWS_SECRET_ACCESS_KEY",
                "AWS_SESSION_TOKEN"
            })
    void secretsAreTakenFromASecretOnly(String name) {
        for (String place : List.of("settings", "extraEnv")) {
            assertThatThrownBy(() -> RenderedChart.of(place + ": {" + name + ": not-for-everybody}"))
                    .as(place)
                    .hasMessageContaining(name + " would be written into a ConfigMap")
                    .hasMessageContaining("existingSecret");
        }
    }

    @Test
    void routesAreAddedWithoutARebuild() throws Exception {
        String routes = "- route: {id: more}\n";
        RenderedChart chart = RenderedChart.of("extraRoutes:\n  more.camel.yaml: |\n    " + routes);

        assertThat(chart.one(ConfigMap.class, "-routes").getData()).containsEntry("more.camel.yaml", routes);
        assertThat(chart.environment("worker")).containsEntry("EXTRA_ROUTES", "/etc/camclips/routes");
        assertThat(chart.container("worker").getVolumeMounts())
                .anySatisfy(mount -> assertThat(mount.getMountPath()).isEqualTo("/etc/camclips/routes"));
        assertThat(chart.pod("worker").getVolumes()).anySatisfy(volume -> assertThat(volume.getConfigMap())
                .isNotNull()
                .extracting("name")
                .isEqualTo("clips-camclips-routes"));
        assertThat(checksum(chart, "checksum/routes")).isNotEqualTo(checksum(RenderedChart.of(""), "checksum/routes"));
    }

    @Test
    void aChangedSettingStartsNewPods() throws Exception {
        assertThat(checksum(RenderedChart.of("settings: {SQS_TIMEOUT: 30}"), "checksum/config"))
                .isNotEqualTo(checksum(RenderedChart.of(""), "checksum/config"));
    }

    private static String checksum(RenderedChart chart, String name) {
        return chart.one(Deployment.class, "-worker")
                .getSpec()
                .getTemplate()
                .getMetadata()
                .getAnnotations()
                .get(name);
    }

    @Test
    void theApiIsServedUnderAHostWithACertificate() throws Exception {
        RenderedChart chart = RenderedChart.of(
                "ingress: {enabled: true, className: alb, host: clips.example.com, tlsSecret: certificate}");

        Ingress ingress = chart.one(Ingress.class, "");
        assertThat(ingress.getSpec().getIngressClassName()).isEqualTo("alb");
        assertThat(ingress.getSpec().getTls().get(0).getSecretName()).isEqualTo("certificate");
        var rule = ingress.getSpec().getRules().get(0);
        assertThat(rule.getHost()).isEqualTo("clips.example.com");
        assertThat(rule.getHttp().getPaths().get(0).getBackend().getService().getName())
                .isEqualTo(chart.one(Service.class, "").getMetadata().getName());
        assertThatThrownBy(() -> RenderedChart.of("ingress: {enabled: true}")).hasMessageContaining("host");
    }

    @Test
    void disruptionsTakeOnePodOfARoleAtATime() throws Exception {
        assertThat(RenderedChart.of("").all(PodDisruptionBudget.class))
                .hasSize(2)
                .allSatisfy(budget -> assertThat(
                                budget.getSpec().getMaxUnavailable().getIntVal())
                        .isEqualTo(1));
        assertThat(RenderedChart.of("podDisruptionBudget: {enabled: false}").all(PodDisruptionBudget.class))
                .isEmpty();
    }

    @Test
    void prometheusFindsEveryPod() throws Exception {
        RenderedChart chart = RenderedChart.of("serviceMonitor: {enabled: true, labels: {release: prometheus}}");

        Map<?, ?> spec = (Map<?, ?>) chart.other("ServiceMonitor").get("spec");
        assertThat(spec.get("endpoints"))
                .isEqualTo(List.of(Map.of("port", "management", "path", "/observe/metrics", "interval", "30s")));
        Service management = chart.one(Service.class, "-management");
        assertThat(management.getMetadata().getLabels()).containsAllEntriesOf(selected(spec));
        assertThat(management.getSpec().getPorts().get(0).getName()).isEqualTo("management");
        assertThat(management.getSpec().getSelector()).doesNotContainKey("app.kubernetes.io/component");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> selected(Map<?, ?> spec) {
        return (Map<String, String>) ((Map<?, ?>) spec.get("selector")).get("matchLabels");
    }

    @Test
    void theNotesLeadToAPodThatRuns() throws Exception {
        assertThat(RenderedChart.notes("roles: {worker: {keda: {enabled: true}}}"))
                .contains("port-forward deployment/clips-camclips-api 9876")
                .contains("deployment/clips-camclips-worker, while KEDA has one of its pods running.")
                .contains("That role must trust KEDA's operator");
        assertThat(RenderedChart.notes("deployments: both"))
                .contains("port-forward deployment/clips-camclips-both 9876")
                .doesNotContain("-worker", "KEDA");
    }

    @Test
    void theNotesLookUpTheQueueUrlOnlyIfItIsNotSet() throws Exception {
        assertThat(RenderedChart.notes(""))
                .contains("--queue-url \"$(aws sqs get-queue-url --region eu-west-1 --queue-name clips ")
                .contains("settings.AWS_SQS_DEAD_LETTERS_URL");

        String url = "https://sqs.eu-west-1.amazonaws.com/123456789012/clips";
        assertThat(RenderedChart.notes(
                        "settings: {AWS_SQS_QUEUE_URL: '%1$s', AWS_SQS_DEAD_LETTERS_URL: '%1$s-dead-letters'}"
                                .formatted(url)))
                .contains("eu-west-1 \\\n    --queue-url " + url + " \\\n    --message-body")
                .doesNotContain("get-queue-url", "AWS_SQS_DEAD_LETTERS_URL");

        assertThat(RenderedChart.notes("settings: {AWS_SQS_QUEUE: 'arn:aws:sqs:eu-west-1:123456789012:clips'}"))
                .contains("--queue-url " + url)
                .doesNotContain("get-queue-url", "AWS_SQS_DEAD_LETTERS_URL");
    }

    @Test
    void theNotesGiveTheUrlAndAFirstRequest() throws Exception {
        assertThat(RenderedChart.notes(""))
                .contains("http://clips-camclips.", "port-forward service/clips-camclips 8080:")
                .contains("curl -i http://127.0.0.1:8080/clips")
                .contains("Authorization: Bearer");
        assertThat(RenderedChart.notes("ingress: {enabled: true, host: clips.example.com, tlsSecret: cert}"))
                .contains("curl -i https://clips.example.com/clips");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "replicas: 3",
                "settings: {SQS_TIMEOT: 60}",
                "settings: {SQS_TIMEOUT: 0}",
                "settings: {SQS_TIMEOUT: '60'}",
                "settings: {THUMBNAIL_FORMAT: gif}",
                "settings: {CAM_SERVICES_URL: 'cameras.example.com'}",
                "settings: {S3_BUCKET_ORIGIN: 'Not A Bucket'}",
                "settings: {JWT_AUDIENCE: ' '}",
                "deployments: all",
                "roles: {api: {keda: {enabled: true}}}",
                "roles: {worker: {scratchGiB: 0}}",
                "roles: {worker: {scratchGiB: 20Gi}}",
                "extraRoutes: {'more.yaml': ''}",
                "image: {pullPolicy: Sometimes}",
                "runAsUser: 0",
                "networkPolicy: {apiFrom: anywhere}",
                "serviceAccount: {roleArn: camclips}"
            })
    void badValuesAreRefused(String values) {
        assertThatThrownBy(() -> RenderedChart.of(values)).hasMessageContaining("schema");
    }
}
