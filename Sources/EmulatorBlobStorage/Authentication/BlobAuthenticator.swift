import Foundation

/// Finds out who sent a request, in a fixed order: account, firewall, transport, then the credentials.
struct BlobAuthenticator {
    /// The oldest version that accepts tokens.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/storageservices/authorize-with-azure-active-directory>
    static let oldestBearerVersion = "2017-11-09"
    /// From this version on, a request without credentials is told where to get a token.
    static let challengeVersion = "2019-12-12"
    static let permittedSkew: TimeInterval = 15 * 60

    var authority: any BlobAuthority
    var store: BlobStore
    var now: Date

    /// Finds the account and checks that the network lets the request through to it.
    func account(for request: BlobRequest) throws(StorageError) -> BlobAccountProperties {
        // Azure's accounts are host names, so a missing one never answers; what a path-style service says is our
        // choice.
        guard let account = self.authority.account(named: request.target.account) else { throw .resourceNotFound }
        guard !account.isDisabled else { throw .accountIsDisabled }
        guard account.admits(request.remoteAddress, isTrustedService: request.isTrustedService) else {
            throw .authorizationFailure
        }
        guard request.isSecure || !account.httpsOnly else { throw .accountRequiresHTTPS }
        return account
    }

    /// Checks the credentials that the request carries.
    func authenticate(_ request: BlobRequest, _ account: BlobAccountProperties) throws(StorageError) -> BlobAccess {
        guard let header = request.header("authorization") else {
            guard let signature = SharedAccessSignature(request.query) else { return .anonymous }
            let check = SharedAccessCheck(
                account: account,
                target: request.target,
                isSecure: request.isSecure,
                callerAddress: request.remoteAddress,
                now: self.now,
                policy: self.policy(signature.policyID, request.target)
            )
            return .signature(try check.grant(signature))
        }
        let parts = header.split(separator: " ", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { throw .malformedAuthentication }
        switch parts[0].lowercased() {
        case "bearer": return .principal(try self.principal(parts[1], request, account))
        case "sharedkey": try self.checkKey(parts[1], of: { $0.full }, request, account)
        case "sharedkeylite": try self.checkKey(parts[1], of: { $0.lite }, request, account)
        default: throw .malformedAuthentication
        }
        return .accountKey
    }

    private func principal(
        _ token: String,
        _ request: BlobRequest,
        _ account: BlobAccountProperties
    ) throws(StorageError) -> BlobPrincipal {
        guard let version = try request.version(), version >= Self.oldestBearerVersion else {
            throw .authenticationFailed("Authentication scheme Bearer is not supported in this version.")
        }
        // That tokens are refused over plain http is documented; the detail's wording is ours.
        guard request.isSecure else {
            throw .authenticationFailed("Authentication scheme Bearer is not supported over http.")
        }
        switch self.authority.verifyBearer(token, account: account.name) {
        case .principal(let principal): return principal
        case .rejected(let code, let message): throw .challenged(code: code, account: account, detail: message)
        }
    }

    private func checkKey(
        _ credential: String,
        of texts: (SharedKeyText) -> [String],
        _ request: BlobRequest,
        _ account: BlobAccountProperties
    ) throws(StorageError) {
        let parts = credential.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, !parts[1].isEmpty else { throw .malformedAuthentication }
        guard account.allowSharedKeyAccess else { throw .keyAccessNotPermitted }
        guard let stamp = request.header("x-ms-date") ?? request.header("date") else {
            throw .authenticationFailed("A date header is mandatory for a signed request.")
        }
        guard let date = HTTPDate.parse(stamp), abs(date.timeIntervalSince(self.now)) <= Self.permittedSkew else {
            throw .authenticationFailed("Request date header too old: '\(stamp)'")
        }
        let candidates = texts(SharedKeyText(request))
        let isValid = Signature.isValid(parts[1], of: candidates, keys: account.keys)
        guard isValid, parts[0] == account.name else {
            throw .authenticationFailed(
                "The MAC signature found in the HTTP request '\(parts[1])' is not the same as any computed signature. "
                    + "Server used following string to sign: '\(candidates[0])'."
            )
        }
    }

    private func policy(_ id: String?, _ target: BlobTarget) -> StoredAccessPolicy? {
        guard let id, let container = target.container else { return nil }
        return self.store.read { state in
            state.container(target.account, container)?.container.policies.first { $0.id == id }
        }
    }
}
