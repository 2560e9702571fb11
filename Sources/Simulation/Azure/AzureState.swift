import AzureClient
import FoundationEssentials

/// Everything that the simulated Azure knows: a state machine that a call or the clock moves on.
struct AzureState {
    /// What differs from world to world.
    struct Settings: Sendable {
        /// How many seconds tokens live.
        var tokenLifetime: Int64 = 3600
        /// How many names a page of a listing holds.
        var pageSize = 1000
        /// Whether the containers are there from the beginning.
        var hasContainers = true
        /// What a backup has, more or less, in bytes.
        var usualBytes = 500_000
        /// Whether the account keeps deleted blobs, as it says; nil where it does not say.
        var keepsDeleted: Bool?
        /// Whether the account keeps versions.
        var isVersioned = false
    }

    let settings: Settings
    let story: Story
    var random: SplitMix
    var rates: FaultRates
    var now: Int64
    var oracle = Oracle()
    var tokens = TokenBook()
    var containers: Set<SimulatedCall.Container> = []
    var backups = BlobShelf(keepsHistory: true)
    var catalog = BlobShelf()
    var operations: [BackupOperation] = []
    /// Until when somebody else's operation holds the instance.
    var heldUntil: Int64 = 0
    /// Between which moments the storage account is away, for API Management as well.
    var storageAway: Range<Int64> = 0..<0
    /// Until when the identity may not delete, and until when a policy of the container forbids it to everybody.
    var undeletableUntil: (identity: Int64, container: Int64) = (0, 0)
    /// Until when the instance has lost most of what it held, so that its backups are small.
    var emptiedUntil: Int64 = 0
    /// Requests that arrive late.
    var underWay: [(at: Int64, call: SimulatedCall)] = []
    /// Before this moment nothing happens by itself.
    private var quietUntil: Int64 = 0
    private var dateSecond: Int64 = -1
    private var dateText = ""
    /// The answers to a GET of the instance, idle and busy.
    private static let documents = [false, true].map { isBusy in
        Data(
            (#"{"id":"\#(SimulatedNames.instance)","name":"contoso-apim","type":"Microsoft.ApiManagement/service","#
                + #""location":"West Europe","sku":{"name":"Developer","capacity":1},"identity":{"type":"SystemAssigned","#
                + #""principalId":"1c2d3e4f-5a6b-7c8d-9e0f-a1b2c3d4e5f6"},"properties":{"provisioningState":"#
                + #""\#(isBusy ? "Updating" : "Succeeded")"}}"#).utf8
        )
    }

    init(settings: Settings, story: Story, random: SplitMix, rates: FaultRates, now: Int64) {
        self.settings = settings
        self.story = story
        self.random = random
        self.rates = rates
        self.now = now
        if settings.hasContainers { self.containers = [.backups, .catalog] }
    }

    /// The present as a header shows it.
    var date: String {
        mutating get {
            if self.dateSecond != self.now / 1000 {
                self.dateSecond = self.now / 1000
                self.dateText = WireDate.text(self.now)
            }
            return self.dateText
        }
    }

    /// What the oracle judges by.
    var account: Oracle.Account {
        Oracle.Account(backups: self.backups, operations: self.operations, now: self.now)
    }

    /// The document of the instance.
    func document(isBusy: Bool) -> Data { Self.documents[isBusy ? 1 : 0] }

    /// Answers a call, after all that happened before it.
    ///
    /// - Parameters:
    ///   - call: The call.
    ///   - now: The present.
    /// - Returns: The answer.
    mutating func answer(_ call: SimulatedCall, at now: Int64) -> HTTPExchangeResponse {
        self.advance(to: now)
        switch call.service {
        case .identity: return self.identity(call)
        case .management: return self.management(call)
        case .storage: return self.storage(call)
        }
    }

    /// Lets a request arrive later.
    mutating func arrive(_ call: SimulatedCall, at: Int64) {
        self.underWay.append((at, call))
        self.quietUntil = min(self.quietUntil, at)
    }

    /// Lets happen what is due: late requests arrive, backups are written.
    mutating func advance(to now: Int64) {
        while self.quietUntil <= now {
            let late = self.underWay.min { $0.at < $1.at }?.at ?? .max
            let change = self.operations.suffix(4).compactMap { self.nextChange($0) }.min() ?? .max
            let due = min(late, change)
            guard due <= now else {
                self.quietUntil = due
                break
            }
            self.now = max(self.now, due)
            if late <= change, let index = self.underWay.firstIndex(where: { $0.at == late }) {
                let call = self.underWay.remove(at: index).call
                self.story.note(self.now, 900, "a late request of process \(call.process) arrives: \(call.route)")
                _ = call.service == .management ? self.management(call) : self.storage(call)
            } else {
                self.changeBlobs(due)
            }
        }
        self.now = max(self.now, now)
    }

    /// Wakes the clockwork after an operation began.
    mutating func expectChange() { self.quietUntil = 0 }

    private func nextChange(_ operation: BackupOperation) -> Int64? {
        guard let blobAt = operation.blobAt, !operation.isBlobWhole else { return nil }
        return operation.isBlobBegun || operation.partialAt >= blobAt ? blobAt : operation.partialAt
    }

    private mutating func changeBlobs(_ due: Int64) {
        for index in self.operations.indices.suffix(4) where self.nextChange(self.operations[index]) == due {
            let operation = self.operations[index]
            if self.storageAway.contains(due) || !self.containers.contains(.backups) {
                self.operations[index].blobAt = nil
                self.operations[index].succeeds = false
                // What was written in part goes with it: nothing could tell it from a whole backup.
                self.backups.remove(operation.name, at: due, .taken)
                self.story.note(due, 901, "API Management cannot write \(operation.name)")
            } else if due == operation.blobAt {
                self.writeBackup(operation, bytes: operation.bytes ?? 0, isWhole: true, at: due)
                self.operations[index].isBlobWhole = true
                self.story.note(due, 902, "the blob \(operation.name) is whole")
            } else {
                self.operations[index].isBlobBegun = true
                self.writeBackup(operation, bytes: 512, isWhole: false, at: due)
            }
        }
    }

    private mutating func writeBackup(_ operation: BackupOperation, bytes: Int, isWhole: Bool, at due: Int64) {
        let maker = BlobMaker.backup(operation: operation.number, isWhole: isWhole)
        self.backups.put(Data(), bytes: bytes, as: operation.name, at: due, by: maker)
    }
}
