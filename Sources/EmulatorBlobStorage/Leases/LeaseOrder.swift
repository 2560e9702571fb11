import Foundation

/// What a lease request orders, read from its headers.
struct LeaseOrder: Sendable {
    /// What the answer tells.
    struct Outcome: Sendable {
        var status: Int
        var id: String?
        /// Seconds until a broken lease ends.
        var seconds: Int?
    }

    private enum Action: Sendable {
        case acquire(id: String, seconds: Int)
        case renew(id: String)
        case change(id: String, proposed: String)
        case release(id: String)
        case breakUp(period: Int?)
    }

    private var action: Action

    init(_ request: BlobRequest, newID: () -> String) throws(StorageError) {
        switch try request.required("x-ms-lease-action").lowercased() {
        case "acquire":
            let text = try request.required("x-ms-lease-duration")
            guard let seconds = Int(text), seconds == -1 || (15...60).contains(seconds)
            else { throw .invalidHeader("x-ms-lease-duration", text) }
            let proposed = request.header("x-ms-proposed-lease-id") == nil ? newID() : try Self.proposed(request)
            self.action = .acquire(id: proposed, seconds: seconds)
        case "renew": self.action = .renew(id: try Self.current(request))
        case "change": self.action = .change(id: try Self.current(request), proposed: try Self.proposed(request))
        case "release": self.action = .release(id: try Self.current(request))
        case "break":
            let period = try request.header("x-ms-lease-break-period").map { text throws(StorageError) in
                guard let period = Int(text), (0...60).contains(period)
                else { throw .invalidHeader("x-ms-lease-break-period", text) }
                return period
            }
            self.action = .breakUp(period: period)
        case let other: throw .invalidHeader("x-ms-lease-action", other)
        }
    }

    func apply(to lease: inout LeaseState, at now: Date) throws(StorageError) -> Outcome {
        switch self.action {
        case .acquire(let id, let seconds):
            try lease.acquire(id: id, seconds: seconds, at: now)
            return Outcome(status: 201, id: id)
        case .renew(let id):
            try lease.renew(id: id, at: now)
            return Outcome(status: 200, id: id)
        case .change(let id, let proposed):
            try lease.change(id: id, to: proposed, at: now)
            return Outcome(status: 200, id: proposed)
        case .release(let id):
            try lease.release(id: id)
            return Outcome(status: 200)
        case .breakUp(let period):
            return Outcome(status: 202, seconds: try lease.break(period: period, at: now))
        }
    }

    private static func current(_ request: BlobRequest) throws(StorageError) -> String {
        try LeaseIdentifier.parse(request.required("x-ms-lease-id"), header: "x-ms-lease-id")
    }

    private static func proposed(_ request: BlobRequest) throws(StorageError) -> String {
        try LeaseIdentifier.parse(request.required("x-ms-proposed-lease-id"), header: "x-ms-proposed-lease-id")
    }
}
