package routes.api.http;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import routes.support.TokenIssuer;

/** A forged token: its HMAC secret is the issuer's public key, which is public. */
final class SymmetricToken {
    private SymmetricToken() {}

    static String signedWith(TokenIssuer issuer, JWTClaimsSet claims) throws Exception {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("test").build(), claims);
        token.sign(new MACSigner(issuer.publicKey().getEncoded()));
        return token.serialize();
    }
}
