{{- define "camclips.name" -}}
{{- $name := contains .Chart.Name .Release.Name | ternary .Release.Name (printf "%s-%s" .Release.Name .Chart.Name) }}
{{- $name | trunc 50 | trimSuffix "-" }}
{{- end }}

{{- define "camclips.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "camclips.labels" -}}
{{ include "camclips.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{- define "camclips.serviceAccount" -}}
{{- if .Values.serviceAccount.name }}{{ .Values.serviceAccount.name }}
{{- else if .Values.serviceAccount.create }}{{ include "camclips.name" . }}
{{- else }}default{{ end }}
{{- end }}

{{/* The roles that are deployed, as {"roles": [...]}. */}}
{{- define "camclips.roles" -}}
{{- if eq .Values.deployments "both" }}{{ dict "roles" (list "both") | toJson }}
{{- else if .Values.settings.TRANSCODE_QUEUE }}{{ dict "roles" (list "api" "worker" "transcoder") | toJson }}
{{- else }}{{ dict "roles" (list "api" "worker") | toJson }}{{ end }}
{{- end }}

{{/* KEDA's triggers on a queue and its dead-letter queue. Takes root, queue, url, deadLetters, deadLettersUrl, workers. */}}
{{- define "camclips.triggers" -}}
{{- $deadLetters := default (printf "%s-dead-letters" .queue) .deadLetters }}
- type: aws-sqs-queue
  authenticationRef: {name: {{ include "camclips.name" .root }}}
  metadata:
    queueURL: {{ default (include "camclips.queue" .queue) .url | quote }}
    awsRegion: {{ .root.Values.aws.region | quote }}
    {{- with .root.Values.aws.endpointUrl }}
    awsEndpoint: {{ . | quote }}
    {{- end }}
    # messages that one pod handles at a time
    queueLength: {{ int .workers | quote }}
    # requests in flight keep their pod; delayed ones, which wait for footage, need none
    scaleOnInFlight: "true"
    scaleOnDelayed: "false"
- type: aws-sqs-queue
  authenticationRef: {name: {{ include "camclips.name" .root }}}
  metadata:
    queueURL: {{ default (include "camclips.queue" $deadLetters) .deadLettersUrl | quote }}
    awsRegion: {{ .root.Values.aws.region | quote }}
    {{- with .root.Values.aws.endpointUrl }}
    awsEndpoint: {{ . | quote }}
    {{- end }}
    queueLength: "20"
    # messages kept for an operator are invisible for hours
    scaleOnInFlight: "false"
    scaleOnDelayed: "false"
{{- end }}

{{/* The trigger of the queue of MediaConvert's events, each of which takes a moment. */}}
{{- define "camclips.eventsTrigger" -}}
{{- $s := .Values.settings -}}
- type: aws-sqs-queue
  authenticationRef: {name: {{ include "camclips.name" . }}}
  metadata:
    queueURL: {{ default (include "camclips.queue" $s.TRANSCODE_EVENTS_QUEUE) $s.TRANSCODE_EVENTS_QUEUE_URL | quote }}
    awsRegion: {{ .Values.aws.region | quote }}
    {{- with .Values.aws.endpointUrl }}
    awsEndpoint: {{ . | quote }}
    {{- end }}
    queueLength: "20"
    # events that were given back wait for minutes
    scaleOnInFlight: "false"
    scaleOnDelayed: "false"
{{- end }}

{{/* Not empty if MediaConvert converts films. */}}
{{- define "camclips.mediaConvert" -}}
{{- $s := .Values.settings }}
{{- if and $s.TRANSCODE_QUEUE (contains "mediaconvert" (printf "%s %s" $s.TRANSCODE_ENGINE (default "" $s.TRANSCODE_ENGINES))) }}true{{ end }}
{{- end }}

{{/* A setting as text; numbers come as floats from YAML. */}}
{{- define "camclips.text" -}}
{{- if kindIs "float64" . }}{{ int64 . }}{{ else }}{{ . }}{{ end }}
{{- end }}

{{/* The URL of a queue that is given by its ARN; a name stays a name. */}}
{{- define "camclips.queue" -}}
{{- $parts := splitList ":" . }}
{{- if eq (len $parts) 6 }}
{{- $domain := ternary "amazonaws.com.cn" "amazonaws.com" (eq (index $parts 1) "aws-cn") }}
{{- printf "https://sqs.%s.%s/%s/%s" (index $parts 3) $domain (index $parts 4) (index $parts 5) }}
{{- else }}{{ . }}{{ end }}
{{- end }}

{{/* The TCP ports of everything that is called, as {"ports": [...]}. */}}
{{- define "camclips.egressPorts" -}}
{{- $ports := list 443 }}
{{- $s := .Values.settings }}
{{- range (list $s.CAM_SERVICES_URL $s.RECORDINGS_URL $s.AWS_SQS_QUEUE_URL $s.TRANSCODE_QUEUE_URL $s.TRANSCODE_EVENTS_QUEUE_URL $s.MEDIACONVERT_ENDPOINT_URL $s.JWT_ISSUER $s.JWT_JWKS_URL $s.WEB_AUTHORITY .Values.aws.endpointUrl) | compact }}
{{- $url := urlParse . }}
{{- $port := regexFind ":[0-9]+$" $url.host | trimPrefix ":" }}
{{- $ports = append $ports (int (default (ternary "443" "80" (eq $url.scheme "https")) $port)) }}
{{- end }}
{{- dict "ports" (uniq $ports) | toJson }}
{{- end }}
