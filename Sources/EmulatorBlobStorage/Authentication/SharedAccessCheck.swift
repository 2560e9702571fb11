import Foundation

/// Decides whether a shared access signature is good for a request, and what it then allows.
struct SharedAccessCheck {
    /// The oldest version whose signatures are recomputed; what came before signed other texts.
    static let oldestVersion = "2018-11-09"

    var account: BlobAccountProperties
    var target: BlobTarget
    var isSecure: Bool
    /// Where the request came from.
    var callerAddress: String
    var now: Date
    /// The policy that the signature names, where the container has it.
    var policy: StoredAccessPolicy?

    func grant(_ signature: SharedAccessSignature) throws(StorageError) -> SharedAccessGrant {
        guard signature.version >= Self.oldestVersion else {
            throw .authenticationFailed("sv is not a version that this service supports.")
        }
        let delegator = try self.verify(signature)
        try self.checkTerm(
            start: self.policy?.start ?? signature.start,
            expiry: self.policy?.expiry ?? signature.expiry
        )
        try self.checkOrigin(signature)
        let scope: SharedAccessGrant.Scope
        if signature.isForAccount {
            guard signature.services.contains("b") else { throw .serviceMismatch }
            scope = .account(resourceTypes: signature.resourceTypes)
        } else {
            scope = signature.resource == "c" ? .container : .blob
        }
        return SharedAccessGrant(
            scope: scope,
            permissions: self.policy?.permissions ?? signature.permissions,
            delegator: delegator,
            overrides: signature.overrides
        )
    }

    /// Recomputes the signature; returns who delegated, if it was made with a key of a principal.
    private func verify(_ signature: SharedAccessSignature) throws(StorageError) -> BlobPrincipal? {
        if signature.isForAccount {
            guard self.account.allowSharedKeyAccess else { throw .keyAccessNotPermitted }
            let text = signature.accountText(account: self.account.name)
            guard Signature.isValid(signature.signature, of: [text], keys: self.account.keys)
            else { throw Self.mismatch(text) }
            return nil
        }
        guard let text = signature.serviceText(for: self.target) else {
            throw .authenticationFailed("Signature did not match. sr is mandatory and must fit the resource.")
        }
        if signature.isDelegated {
            guard signature["srh"].isEmpty, signature["srq"].isEmpty else {
                throw .authenticationFailed("Signed headers and query parameters are not supported.")
            }
            let key = UserDelegationKey(signature)
            try self.checkTerm(start: key.start, expiry: key.expiry)
            guard let value = key.value(account: self.account),
                Signature.isValid(signature.signature, of: [text], keys: [value])
            else { throw Self.mismatch(text) }
            return BlobPrincipal(objectID: key.objectID, tenantID: key.tenantID)
        }
        guard self.account.allowSharedKeyAccess else { throw .keyAccessNotPermitted }
        guard Signature.isValid(signature.signature, of: [text], keys: self.account.keys)
        else { throw Self.mismatch(text) }
        if let id = signature.policyID, self.policy == nil {
            throw .authenticationFailed("SAS identifier cannot be found for specified signed identifier \(id)")
        }
        return nil
    }

    private func checkTerm(start: String, expiry: String) throws(StorageError) {
        guard let end = SignatureDate.parse(expiry) else {
            throw .authenticationFailed("Signed expiry must be specified in signature or SAS identifier")
        }
        let begin = start.isEmpty ? Date.distantPast : SignatureDate.parse(start)
        guard let begin else { throw .authenticationFailed("st is not a valid UTC time.") }
        guard begin < end else { throw .authenticationFailed("Signed expiry must be after signed start.") }
        guard begin <= self.now, self.now < end else {
            let shown = start.isEmpty ? "" : HTTPDate.text(begin)
            throw .authenticationFailed(
                "Signature not valid in the specified time frame: Start [\(shown)] - "
                    + "Expiry [\(HTTPDate.text(end))] - Current [\(HTTPDate.text(self.now))]"
            )
        }
    }

    private func checkOrigin(_ signature: SharedAccessSignature) throws(StorageError) {
        switch signature.protocols {
        case "", "https,http": break
        case "https": if !self.isSecure { throw .protocolMismatch }
        default: throw .authenticationFailed("spr is not a valid protocol.")
        }
        guard !signature.addresses.isEmpty else { return }
        let ends = signature.addresses.split(separator: "-", omittingEmptySubsequences: false).map(AddressRule.number)
        guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2,
            let caller = AddressRule.number(self.callerAddress[...])
        else { throw .authenticationFailed("sip is not a valid IP address or range.") }
        guard first <= caller, caller <= last else { throw .sourceAddressMismatch(self.callerAddress) }
    }

    private static func mismatch(_ text: String) -> StorageError {
        .authenticationFailed("Signature did not match. String to sign used was \(text)")
    }
}
