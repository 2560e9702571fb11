/// A kind of misfortune; each world draws for each of them how often it strikes.
package enum FaultKind: Int, Sendable, CaseIterable {
    // MARK: the network, for each exchange

    /// No connection is made; the caller knows that nothing arrived.
    case refusedConnection
    /// The request is lost, or cut in the middle of its body; the caller does not know.
    case lostRequest
    /// The request takes effect, and the answer is lost.
    case lostAnswer
    /// The request arrives minutes later, when the caller has long given up.
    case lateRequest
    /// The answer takes seconds, or longer than the caller waits.
    case slowAnswer
    /// The request arrives twice; the caller gets the answer to the first, or, but for a POST, to the second.
    case duplicate

    // MARK: the services, for each exchange

    /// 429 for a while, with `Retry-After` or without.
    case throttling
    /// 500, 502, 503 or 504 for a while, without effect.
    case serverErrors
    /// 500 although the request took effect.
    case errorAfterEffect
    /// 401 although the token is good.
    case rejectedToken
    /// A service does not answer at all for minutes.
    case outage

    // MARK: the machines, for each process or each night

    /// A process dies: before or after a step that Azure sees, or at any moment; it is started again sooner, later or never.
    case crash
    /// A process stands still for up to three minutes between two steps.
    case stall
    /// A machine's clock jumps by hours, and is set right hours later.
    case clockJump
    /// The operator stops a run in the middle.
    case interrupt

    // MARK: the storage account, for each night

    /// The storage account is away for hours or days.
    case storageAway
    /// The operator breaks the lock open while it is held.
    case lockBroken

    // MARK: API Management, for each backup or each night

    /// The backup takes hours.
    case longBackup
    /// The backup takes longer than anybody follows it.
    case endlessBackup
    /// The backup fails, and leaves nothing.
    case failedBackup
    /// The operation says failed, and the blob is written.
    case failedWithBlob
    /// The operation says done, and there is no blob.
    case missingBlob
    /// The operation says done, and the blob is empty.
    case emptyBlob
    /// The operation says done and wrote nothing, but somebody else's blob has the name since a moment before the POST.
    case foreignBlob
    /// The blob becomes visible minutes after the operation's end.
    case lateBlob
    /// 202 without a Location.
    case missingLocation
    /// 202 with a Location that leads elsewhere.
    case foreignLocation
    /// 200 at once, without an operation.
    case instantBackup
    /// The operation's URL is not found once the operation has ended.
    case forgottenOperation
    /// The caller may not read the operation.
    case hiddenOperation
    /// The instance's state lags behind by up to a minute.
    case staleState
    /// Another operation holds the instance when the night begins.
    case busyInstance

    // MARK: the container of backups, for each night; in worlds that look after it

    /// Somebody deletes a backup.
    case vanishingBlob
    /// Somebody writes something else over a backup: smaller, as large, or nothing.
    case replacedBlob
    /// Somebody else, such as a Logic App, puts a backup of the instance there, or something that is none.
    case strangersBlob
    /// A lease, an immutability policy or a legal hold protects a backup, or a policy the whole container.
    case protectedBlob
    /// The identity may not delete, for hours or days.
    case deniedDeletion
    /// The instance loses most of what it held, so that its backups are small for days.
    case emptiedInstance

    /// Whether it strikes only in worlds that verify, prune and pin.
    ///
    /// These kinds draw from a stream of their own, so that worlds without them are what they were before there were any.
    var isOfUpkeep: Bool { self.rawValue >= Self.vanishingBlob.rawValue }

    /// The highest rate that a world draws, per exchange, process, night or backup.
    var highestRate: Double {
        switch self {
        case .refusedConnection, .lostRequest, .lostAnswer, .duplicate, .errorAfterEffect: 0.06
        case .slowAnswer: 0.05
        case .lateRequest, .rejectedToken: 0.02
        case .throttling, .serverErrors: 0.02
        case .outage: 0.002
        case .crash: 0.6
        case .stall: 0.01
        case .interrupt: 0.1
        case .clockJump: 0.2
        case .storageAway: 0.06
        case .lockBroken: 0.1
        case .longBackup: 0.05
        case .endlessBackup: 0.01
        case .failedBackup, .failedWithBlob, .missingBlob, .emptyBlob: 0.1
        case .lateBlob, .missingLocation, .instantBackup: 0.2
        case .foreignLocation, .foreignBlob: 0.05
        case .forgottenOperation, .hiddenOperation, .staleState: 0.4
        case .busyInstance: 0.1
        case .vanishingBlob, .replacedBlob: 0.15
        case .strangersBlob, .protectedBlob: 0.3
        case .deniedDeletion: 0.1
        case .emptiedInstance: 0.05
        }
    }

    /// The kind's name, as `--without` takes it.
    package var name: String { "\(self)" }

    /// Reads a name.
    ///
    /// - Parameter name: The name.
    package init?(name: String) {
        guard let kind = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = kind
    }
}
