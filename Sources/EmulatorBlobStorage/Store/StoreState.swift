import Foundation

/// Everything that is stored, of all accounts.
struct StoreState: Sendable {
    /// What one account holds.
    struct Account: Sendable {
        var properties = BlobServiceProperties()
        var containers: [String: ContainerState] = [:]
        /// When the names of containers that are being deleted can be taken again.
        var beingDeleted: [String: Date] = [:]
    }

    private(set) var accounts: [String: Account] = [:]
    /// The time in ticks of the last entity tag.
    private(set) var lastTicks = 0

    func container(_ account: String, _ name: String) -> ContainerState? { self.accounts[account]?.containers[name] }

    /// Whether a container of the name is being deleted.
    func isBeingDeleted(_ account: String, _ name: String, at now: Date) -> Bool {
        self.accounts[account]?.beingDeleted[name].map { $0 > now } ?? false
    }

    /// Applies a change; returns the pieces of content that nothing holds any more.
    mutating func apply(_ change: StoreChange) -> Set<Int> {
        switch change {
        case .putProperties(let account, let properties):
            self.accounts[account, default: Account()].properties = properties
            return []
        case .putContainer(let account, let container):
            self.note(container.revision)
            self.accounts[account, default: Account()]
                .containers[container.name, default: ContainerState(container)].container = container
            self.accounts[account]?.beingDeleted[container.name] = nil
            return []
        case .deleteContainer(let account, let name, let freeAt):
            self.accounts[account, default: Account()].beingDeleted[name] = freeAt
            return self.accounts[account]?.containers.removeValue(forKey: name)?.pieces ?? []
        case .putBlob(let account, let container, let blob):
            self.note(blob.revision)
            return self.accounts[account]?.containers[container]?.put(blob, keepsStaged: false) ?? []
        case .updateBlob(let account, let container, let blob):
            self.note(blob.revision)
            return self.accounts[account]?.containers[container]?.put(blob, keepsStaged: true) ?? []
        case .deleteBlob(let account, let container, let name):
            return self.accounts[account]?.containers[container]?.delete(name) ?? []
        case .stageBlock(let account, let container, let name, let block):
            return self.accounts[account]?.containers[container]?.stage(block, for: name) ?? []
        case .keepVersion(let account, let container, let blob):
            self.note(blob.revision)
            return self.accounts[account]?.containers[container]?.keep(blob) ?? []
        case .deleteVersion(let account, let container, let name, let version):
            return self.accounts[account]?.containers[container]?.deleteVersion(version, of: name) ?? []
        case .hideBlob(let account, let container, let blob):
            self.note(blob.revision)
            return self.accounts[account]?.containers[container]?.hide(blob) ?? []
        case .forgetBlob(let account, let container, let name):
            return self.accounts[account]?.containers[container]?.forget(name) ?? []
        }
    }

    /// The changes that would make this state out of nothing.
    var snapshot: [StoreChange] {
        self.accounts.flatMap { account, value -> [StoreChange] in
            [.putProperties(account: account, value.properties)]
                + value.beingDeleted.map { .deleteContainer(account: account, name: $0.key, freeAt: $0.value) }
                + value.containers.values.flatMap { $0.snapshot(account: account) }
        }
    }

    /// How many records the state consists of.
    var size: Int {
        self.accounts.values.reduce(0) { sum, account in
            account.containers.values.reduce(sum + 1 + account.beingDeleted.count) { $0 + $1.size }
        }
    }

    var pieces: Set<Int> {
        self.accounts.values.flatMap(\.containers.values).reduce(into: []) { $0.formUnion($1.pieces) }
    }

    private mutating func note(_ revision: Revision) { self.lastTicks = max(self.lastTicks, revision.ticks) }
}

extension ContainerState {
    /// The changes that would make this container out of nothing.
    fileprivate func snapshot(account: String) -> [StoreChange] {
        let name = self.container.name
        var changes = [StoreChange.putContainer(account: account, self.container)]
        for version in self.versions.values.joined() {
            changes.append(.keepVersion(account: account, container: name, version))
        }
        for blob in self.blobs.values { changes.append(.putBlob(account: account, container: name, blob)) }
        for blob in self.deleted.values { changes.append(.hideBlob(account: account, container: name, blob)) }
        for (blob, blocks) in self.staged {
            changes += blocks.all.map { .stageBlock(account: account, container: name, name: blob, $0) }
        }
        return changes
    }

    /// How many records the container consists of.
    fileprivate var size: Int {
        let versions = self.versions.values.reduce(0) { $0 + $1.count }
        return self.staged.values.reduce(1 + self.blobs.count + self.deleted.count + versions) { $0 + $1.all.count }
    }
}
