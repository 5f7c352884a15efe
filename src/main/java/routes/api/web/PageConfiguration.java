package routes.api.web;

import java.net.URI;

/**
 * What the page needs before its user signs in, as in the contract. All but the first are null if they are not known.
 *
 * @param auth {@code on} or {@code off}
 */
record PageConfiguration(
        String auth,
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
