import EmulatorRuntime
import Foundation
import HTTPTypes

/// Microsoft Entra ID's endpoints: discovery, signing keys, and tokens for applications.
///
/// Source: "OAuth 2.0 client credentials flow on the Microsoft identity platform"; OpenID Connect Discovery 1.0.
struct AuthorityService: EmulatedService {
    let cloud: Cloud
    let issuer: TokenIssuer
    let verifier: TokenVerifier
    let audiences: ResourceAudiences

    func respond(to request: EmulatedRequest) async -> EmulatedResponse {
        let segments = request.segments.map { $0.lowercased() }
        if segments.first == "graph" {
            return await DirectoryService(cloud: self.cloud, verifier: self.verifier, audiences: self.audiences)
                .respond(to: request)
        }
        switch (request.method, segments.count) {
        case (.get, 2...) where segments.suffix(2) == [".well-known", "openid-configuration"]:
            return self.discovery(tenant: request.segments[0], origin: request.origin)
        case (.get, 2...) where segments.last == "keys" && segments.contains("discovery"):
            return (try? .json(self.issuer.key.keySet())) ?? EmulatedResponse(status: .notFound)
        case (.get, 3) where segments == ["common", "discovery", "instance"]:
            return .json([
                "tenant_discovery_endpoint": .string("\(request.origin)/common/v2.0/.well-known/openid-configuration"),
                "api-version": "1.1", "metadata": [],
            ])
        case (.post, 3...4) where segments.last == "token" && segments[1] == "oauth2":
            return self.token(for: FormBody(request.body), tenant: request.segments[0])
        default:
            return .json(
                ["error": "invalid_request", "error_description": "AADSTS900561: The endpoint does not exist."],
                status: .notFound
            )
        }
    }

    private func discovery(tenant: String, origin: String) -> EmulatedResponse {
        guard let tenant = self.resolve(tenant) else {
            return SignInError.unknownTenant(tenant).response(
                now: self.cloud.clock.now,
                identifiers: self.cloud.identifiers
            )
        }
        let base = "\(origin)/\(tenant)"
        return .json([
            "issuer": .string("\(base)/v2.0"), "token_endpoint": .string("\(base)/oauth2/v2.0/token"),
            "authorization_endpoint": .string("\(base)/oauth2/v2.0/authorize"),
            "device_authorization_endpoint": .string("\(base)/oauth2/v2.0/devicecode"),
            "end_session_endpoint": .string("\(base)/oauth2/v2.0/logout"),
            "jwks_uri": .string("\(base)/discovery/v2.0/keys"),
            "token_endpoint_auth_methods_supported": ["client_secret_post", "private_key_jwt"],
            "response_types_supported": ["code", "id_token", "token"], "subject_types_supported": ["pairwise"],
            "response_modes_supported": ["query", "fragment", "form_post"], "scopes_supported": ["openid"],
            "id_token_signing_alg_values_supported": ["RS256"], "tenant_region_scope": "EU",
            "claims_supported": ["sub", "iss", "aud", "exp", "iat", "tid", "oid", "ver"],
        ])
    }

    private func resolve(_ tenant: String) -> String? {
        let known = self.cloud.read { state, _ in state.world.tenantID }
        let isKnown = ["common", "organizations", known.lowercased()].contains(tenant.lowercased())
        return isKnown ? known : nil
    }

    private func token(for form: FormBody, tenant: String) -> EmulatedResponse {
        let now = self.cloud.clock.now
        do {
            guard let tenant = self.resolve(tenant) else { throw SignInError.unknownTenant(tenant) }
            let audience = try self.audience(of: form, tenant: tenant)
            let application = try ClientSignIn(form: form, tenant: tenant, key: self.issuer.key, now: now)
                .application(among: self.cloud.read { state, _ in state.world.servicePrincipals })
            let principal = Principal(
                objectID: application.objectID,
                clientID: application.clientID,
                tenantID: tenant
            )
            let lifetime = self.cloud.read { state, _ in state.world.timings.tokenSeconds }
            let token = try self.issuer.token(for: principal, audience: audience, now: now, lifetime: lifetime)
            var body: JSON = [
                "token_type": "Bearer", "expires_in": .number(String(lifetime)),
                "ext_expires_in": .number(String(lifetime)), "access_token": .string(token.text),
            ]
            if form["resource"] != nil {
                body["expires_on"] = .string(String(Int(token.expiresAt.timeIntervalSince1970)))
                body["resource"] = .string(audience)
            }
            return .json(body, headers: [.cacheControl: "no-store, no-cache", .pragma: "no-cache"])
        } catch let error as SignInError {
            return error.response(now: now, identifiers: self.cloud.identifiers)
        } catch {
            return EmulatedResponse(status: .badRequest)
        }
    }

    /// The resource that a token is wanted for: of `scope` (version 2) or of `resource` (version 1).
    private func audience(of form: FormBody, tenant: String) throws(SignInError) -> String {
        if let resource = form["resource"] {
            guard self.audiences.isKnown(resource) else { throw .unknownResource(resource, tenant: tenant) }
            return resource
        }
        guard let scopes = form["scope"] else { throw .missing("scope") }
        // MSAL adds openid, profile and offline_access where it is asked to; they mean nothing for an application.
        let scope = scopes.split(separator: " ").first { $0.hasSuffix("/.default") }
        guard let scope else { throw .badScope(scopes) }
        let resource = String(scope.dropLast("/.default".count))
        guard self.audiences.isKnown(resource) else { throw .unknownResource(resource, tenant: tenant) }
        return resource
    }
}
