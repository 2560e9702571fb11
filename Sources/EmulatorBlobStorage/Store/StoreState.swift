/// Everything that is stored, of all accounts.
struct StoreState: Sendable {
    /// What one account holds.
    struct Account: Sendable {
        var properties = BlobServiceProperties()
        var containers: [String: ContainerState] = [:]
    }

    private(set) var accounts: [String: Account] = [:]
    /// The time in ticks of the last entity tag.
    private(set) var lastTicks = 0

    func container(_ account: String, _ name: String) -> ContainerState? { self.accounts[account]?.containers[name] }

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
            return []
        case .deleteContainer(let account, let name):
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
        }
    }

    /// The changes that would make this state out of nothing.
    var snapshot: [StoreChange] {
        self.accounts.flatMap { account, value -> [StoreChange] in
            [.putProperties(account: account, value.properties)]
                + value.containers.values.flatMap { state -> [StoreChange] in
                    let container = state.container.name
                    return [.putContainer(account: account, state.container)]
                        + state.blobs.values.map { .putBlob(account: account, container: container, $0) }
                        + state.staged.flatMap { name, blocks in
                            blocks.all.map { .stageBlock(account: account, container: container, name: name, $0) }
                        }
                }
        }
    }

    /// How many records the state consists of.
    var size: Int {
        self.accounts.values.reduce(0) { sum, account in
            account.containers.values.reduce(sum + 1) { sum, container in
                container.staged.values.reduce(sum + 1 + container.blobs.count) { $0 + $1.all.count }
            }
        }
    }

    var pieces: Set<Int> {
        self.accounts.values.flatMap(\.containers.values).reduce(into: []) { $0.formUnion($1.pieces) }
    }

    private mutating func note(_ revision: Revision) { self.lastTicks = max(self.lastTicks, revision.ticks) }
}
