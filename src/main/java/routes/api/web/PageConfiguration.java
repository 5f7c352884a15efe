package routes.api.web;

import java.net.URI;

/**
 * What the page needs before its user signs in, as in the contract. Texts and addresses are null if they are not known.
 *
 * @param auth {@code on} or {@code off}
 * @param retentionSeconds how long footage is kept
 * @param maxClipSeconds length of the longest clip
 * @param maxUploadBytes size of the largest film; null if no films are transcoded
 */
record PageConfiguration(
        String auth,
        int retentionSeconds,
        int maxClipSeconds,
        Long maxUploadBytes,
        String issuer,
        String clientId,
        String scopes,
        URI authorizationEndpoint,
        URI tokenEndpoint,
        URI logout,
        String zone,
        String hawtio,
        String grafana,
        String version) {}
