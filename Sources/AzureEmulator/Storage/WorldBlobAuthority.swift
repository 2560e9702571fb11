import EmulatorBlobStorage
import EmulatorRuntime
import Foundation

/// What the blob storage asks of the rest of the local Azure: accounts, tokens and roles.
struct WorldBlobAuthority: BlobAuthority {
    let cloud: Cloud
    let verifier: TokenVerifier
    let audiences: ResourceAudiences
    let authority: String

    func account(named name: String) -> BlobAccountProperties? {
        self.cloud.read { state, _ in
            state.storageAccount(named: name).map { account in
                BlobAccountProperties(
                    name: account.name,
                    keys: account.keys,
                    allowSharedKeyAccess: account.allowSharedKeyAccess,
                    allowBlobPublicAccess: account.allowBlobPublicAccess,
                    publicNetworkAccess: account.publicNetworkAccess,
                    firewallDefaultDeny: account.firewallDefaultDeny,
                    trustedServicesBypass: account.trustedServicesBypass,
                    firewallAdmitsCallers: account.firewallAdmitsCallers,
                    addressRules: account.firewallAddresses.compactMap(AddressRule.init),
                    isDisabled: account.isDisabled,
                    containerDeletionSeconds: state.world.timings.containerDeletionSeconds,
                    answers: state.world.rules.blobs,
                    sku: account.sku,
                    kind: account.kind,
                    authorizationURI: "\(self.authority)/\(state.world.tenantID)/oauth2/authorize"
                )
            }
        }
    }

    func verifyBearer(_ token: String, account: String) -> BlobBearerVerdict {
        do {
            let principal = try self.verifier.verify(token, now: self.cloud.clock.now) { audience in
                self.audiences.isStorage(audience, account: account)
            }
            return .principal(BlobPrincipal(objectID: principal.objectID, tenantID: principal.tenantID))
        } catch {
            return .rejected(code: "InvalidAuthenticationInfo", message: Self.detail(of: error))
        }
    }

    /// Source: the details that storage services give with `InvalidAuthenticationInfo` in public issue reports.
    private static func detail(of rejection: TokenRejection) -> String {
        switch rejection {
        case .malformed: "The access token is not a well-formed JSON web token."
        case .foreignSignature: "Signature validation failed. Signature key not found."
        case .wrongIssuer: "Issuer validation failed. Issuer did not match."
        case .wrongAudience: "Audience validation failed. Audience did not match."
        case .notYetValid: "Lifetime validation failed. The token is not yet valid."
        case .expired: "Lifetime validation failed. The token is expired."
        }
    }

    func permits(_ principal: BlobPrincipal, dataAction: String, account: String, container: String?) -> Bool {
        self.cloud.read { state, now in
            guard let account = state.storageAccount(named: account) else { return false }
            // Operations on containers are actions of the management plane, though they are asked for at the data
            // plane.
            // Source: "Permissions for calling data operations" of the storage services.
            let isDataAction = dataAction.lowercased().contains("/containers/blobs/")
            return state.access.permits(
                principal.objectID,
                action: dataAction,
                isDataAction: isDataAction,
                at: container.map(account.containerScope) ?? account.id,
                now: now
            )
        }
    }
}
