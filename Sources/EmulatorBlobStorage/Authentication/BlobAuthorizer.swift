import EmulatorRuntime

/// Decides whether who sent a request may run its operation.
struct BlobAuthorizer {
    /// How far a permission goes.
    enum Permission: Equatable, Sendable {
        case full
        /// Only where no blob is overwritten.
        case createOnly
    }

    var authority: any BlobAuthority
    var store: BlobStore

    func authorize(
        _ operation: BlobOperation,
        _ access: BlobAccess,
        _ target: BlobTarget,
        _ account: BlobAccountProperties,
        version: String?
    ) throws(StorageError) -> Permission {
        let needed = OperationAccess(operation)
        switch access {
        case .accountKey: return .full
        case .principal(let principal):
            // The parts of a batch are authorised one by one.
            if operation == .submitBatch { return .full }
            return try self.permission(of: principal, needed, target)
        case .signature(let grant):
            if operation == .submitBatch { return .full }
            return try self.permission(by: grant, needed, target)
        case .anonymous:
            try self.checkAnonymous(operation, target, account, version: version)
            return .full
        }
    }

    private func permission(
        of principal: BlobPrincipal,
        _ needed: OperationAccess,
        _ target: BlobTarget
    ) throws(StorageError) -> Permission {
        func permits(_ action: String) -> Bool {
            self.authority.permits(
                principal,
                dataAction: action,
                account: target.account,
                container: target.container
            )
        }
        if permits(needed.dataAction) { return .full }
        if let action = needed.addAction, permits(action) { return .createOnly }
        throw .permissionMismatch
    }

    private func permission(
        by grant: SharedAccessGrant,
        _ needed: OperationAccess,
        _ target: BlobTarget
    ) throws(StorageError) -> Permission {
        switch grant.scope {
        case .account(let resourceTypes):
            guard resourceTypes.contains(needed.level.rawValue) else { throw .resourceTypeMismatch }
        case .container, .blob:
            guard needed.allowsServiceSignature else { throw .authorizationFailure }
        }
        var permission = Permission.full
        if !needed.letters.contains(where: grant.permissions.contains) {
            guard needed.allowsCreateLetter, grant.permissions.contains("c") else { throw .permissionMismatch }
            permission = .createOnly
        }
        guard let delegator = grant.delegator else { return permission }
        let own = try self.permission(of: delegator, needed, target)
        return own == .createOnly ? own : permission
    }

    private func checkAnonymous(
        _ operation: BlobOperation,
        _ target: BlobTarget,
        _ account: BlobAccountProperties,
        version: String?
    ) throws(StorageError) {
        let container = target.container.flatMap { name in
            self.store.read { $0.container(target.account, name)?.container }
        }
        let isReadable =
            switch operation {
            case .getBlob, .getBlobProperties, .getBlobMetadata, .getBlockList: container?.publicAccess != nil
            case .listBlobs, .getContainerProperties, .getContainerMetadata: container?.publicAccess == "container"
            case .preflight: true
            default: false
            }
        if operation == .preflight || (isReadable && account.allowBlobPublicAccess) { return }
        if let version, version >= BlobAuthenticator.challengeVersion {
            throw .challenged(code: "NoAuthenticationInformation", account: account, detail: nil)
        }
        throw account.allowBlobPublicAccess ? .resourceNotFound : .publicAccessNotPermitted
    }
}
