import AzureClient
import FoundationEssentials
import HTTPTypes

/// The identity endpoint, Resource Manager and API Management.
extension AzureState {
    mutating func identity(_ call: SimulatedCall) -> HTTPExchangeResponse {
        guard case .token(let audience) = call.route else {
            return .managementError(400, "invalid_request", date: self.date)
        }
        return .json(
            200,
            self.tokens.issue(for: audience, at: self.now, lifetime: self.settings.tokenLifetime),
            date: self.date
        )
    }

    mutating func management(_ call: SimulatedCall) -> HTTPExchangeResponse {
        let authorization = call.request.fields[single: .authorization]
        guard self.tokens.accepts(authorization, for: "https://management.azure.com", at: self.now) else {
            return .managementError(401, "ExpiredAuthenticationToken", date: self.date)
        }
        switch call.route {
        case .readInstance: return .json(200, self.document(isBusy: self.seemsBusy), date: self.date)
        case .backup: return self.backup(call)
        case .restore: return self.restore(call)
        case .operation(let number): return self.operation(number, call)
        case .listResources(let type):
            let id = type == "instance" ? SimulatedNames.instance : SimulatedNames.storageAccountID
            return .json(200, Data(#"{"value":[{"id":"\#(id)"}]}"#.utf8), date: self.date)
        case .readStorageAccount:
            let body = #"{"properties":{"primaryEndpoints":{"blob":"\#(SimulatedNames.blobEndpoint)/"}}}"#
            return .json(200, Data(body.utf8), date: self.date)
        default: return .managementError(404, "ResourceNotFound", date: self.date)
        }
    }

    /// Whether an operation holds the instance.
    var isBusy: Bool {
        if self.heldUntil > self.now { return true }
        return self.operations.last.map { self.now < $0.endsAt } ?? false
    }

    /// What the instance says of itself, which may be half a minute old.
    private var seemsBusy: Bool {
        mutating get {
            guard self.random.happens(self.rates[.staleState]), let last = self.operations.last else {
                return self.isBusy
            }
            let then = self.now - self.random.whole(in: 0...30_000)
            return self.heldUntil > then || (last.acceptedAt <= then && then < last.endsAt)
        }
    }

    private mutating func backup(_ call: SimulatedCall) -> HTTPExchangeResponse {
        let (run, name) = Self.wanted(call)
        self.oracle.posted(run, name, at: self.now)
        guard !self.isBusy else { return self.busy(call, name) }
        self.oracle.accepted(run, name, among: self.operations, at: self.now)
        var operation = self.newOperation(call)
        self.decideCourse(&operation)
        return self.begin(operation)
    }

    private mutating func restore(_ call: SimulatedCall) -> HTTPExchangeResponse {
        let (run, name) = Self.wanted(call)
        self.oracle.restorePosted(run, name, at: self.now)
        guard !self.isBusy else { return self.busy(call, name) }
        self.oracle.restoreAccepted(run, name, among: self.operations, at: self.now)
        var operation = self.newOperation(call)
        operation.isRestore = true
        self.decideEnd(&operation)
        let isLucky = !self.random.happens(self.rates[.failedBackup]) && self.backups.blobs[name] != nil
        // What is answered at once with 200 has been done.
        operation.succeeds = isLucky || operation.endsAt == operation.acceptedAt
        self.decideSight(&operation)
        return self.begin(operation)
    }

    /// The run's id and the blob's name of a POST.
    private static func wanted(_ call: SimulatedCall) -> (run: String, name: String) {
        (call.request.fields[single: SimulatedNames.clientRequestID] ?? "", Self.backupName(call.request.body))
    }

    private mutating func busy(_ call: SimulatedCall, _ name: String) -> HTTPExchangeResponse {
        self.story.note(self.now, 409, "process \(call.process) posts the \(call.route) of \(name): 409")
        return .managementError(409, "ServiceLocked", date: self.date)
    }

    private func newOperation(_ call: SimulatedCall) -> BackupOperation {
        let (run, name) = Self.wanted(call)
        return BackupOperation(
            number: self.operations.count,
            run: run,
            name: name,
            process: call.process,
            acceptedAt: self.now,
            endsAt: self.now
        )
    }

    private mutating func begin(_ operation: BackupOperation) -> HTTPExchangeResponse {
        self.operations.append(operation)
        self.expectChange()
        let what = "\(operation.isRestore ? "restore" : "backup") of \(operation.name)"
        self.story.note(
            self.now,
            202,
            "process \(operation.process) posts the \(what): accepted as op\(operation.number)"
        )
        return self.accepted(operation)
    }

    private mutating func accepted(_ operation: BackupOperation) -> HTTPExchangeResponse {
        if operation.endsAt == operation.acceptedAt {
            return .json(200, self.document(isBusy: false), date: self.date)
        }
        var answer = HTTPExchangeResponse.plain(202, date: self.date)
        answer.fields[.retryAfter] = "60"
        answer.fields[SimulatedNames.requestID] = "post-\(operation.number)"
        let origin =
            self.random.happens(self.rates[.foreignLocation]) ? "https://example.net" : "https://management.azure.com"
        if !self.random.happens(self.rates[.missingLocation]) {
            answer.fields[.location] = origin + Self.location(operation.number)
        }
        return answer
    }

    static func location(_ number: Int) -> String {
        "\(SimulatedNames.instance)/operationresults/op\(number)?api-version=2024-05-01"
    }

    private mutating func operation(_ number: Int, _ call: SimulatedCall) -> HTTPExchangeResponse {
        guard self.operations.indices.contains(number) else {
            return .managementError(404, "ResourceNotFound", date: self.date)
        }
        let operation = self.operations[number]
        self.oracle.polled(operation, at: self.now)
        if operation.isHidden { return .managementError(403, "AuthorizationFailed", date: self.date) }
        if self.now < operation.endsAt {
            var answer = HTTPExchangeResponse.plain(202, date: self.date)
            answer.fields[.retryAfter] = "60"
            answer.fields[.location] = "https://management.azure.com" + Self.location(number)
            return answer
        }
        if operation.isForgotten { return .managementError(404, "ResourceNotFound", date: self.date) }
        guard operation.succeeds else {
            return .managementError(400, operation.isRestore ? "RestoreFailed" : "BackupFailed", date: self.date)
        }
        return .json(200, self.document(isBusy: false), date: self.date)
    }

    /// Draws how long an operation takes.
    private mutating func decideEnd(_ operation: inout BackupOperation) {
        let isInstant = self.random.happens(self.rates[.instantBackup])
        let minutes: Int64 =
            if self.random.happens(self.rates[.endlessBackup]) {
                self.random.whole(in: 720...2000)
            } else if self.random.happens(self.rates[.longBackup]) {
                self.random.whole(in: 60...660)
            } else {
                self.random.whole(in: 2...8)
            }
        operation.endsAt = isInstant ? self.now : self.now + minutes * 60_000 + self.random.whole(in: 0...59_999)
    }

    /// Draws whether the operation can be read.
    private mutating func decideSight(_ operation: inout BackupOperation) {
        operation.isForgotten = self.random.happens(self.rates[.forgottenOperation])
        operation.isHidden = self.random.happens(self.rates[.hiddenOperation])
    }

    /// Draws how long a backup takes and what it comes to.
    private mutating func decideCourse(_ operation: inout BackupOperation) {
        self.decideEnd(&operation)
        let isInstant = operation.endsAt == operation.acceptedAt
        operation.isSmall = self.now < self.emptiedUntil
        operation.bytes = self.usualBytes(Int(self.random.whole(in: 100_000...900_000)), isSmall: operation.isSmall)
        operation.blobAt = operation.endsAt
        if self.random.happens(self.rates[.failedBackup]) {
            operation.succeeds = false
            operation.blobAt = nil
        } else if self.random.happens(self.rates[.failedWithBlob]) {
            operation.succeeds = false
        } else if self.random.happens(self.rates[.missingBlob]) {
            operation.blobAt = nil
        } else if self.random.happens(self.rates[.emptyBlob]) {
            operation.bytes = 0
        } else if self.random.happens(self.rates[.foreignBlob]) {
            operation.blobAt = nil
            self.backups.put(
                Data(),
                bytes: 4711,
                as: operation.name,
                at: self.now - 1500,
                by: .stranger(isBackup: false)
            )
        } else if self.random.happens(self.rates[.lateBlob]), !isInstant {
            operation.blobAt = operation.endsAt + self.random.whole(in: 5000...240_000)
            // What is late is invisible until it is whole: an operation that says done has nothing half done.
            operation.isBlobBegun = true
        }
        self.decideSight(&operation)
    }

    /// A size near the usual one, or of an instance that has lost most of what it held.
    private func usualBytes(_ chance: Int, isSmall: Bool) -> Int {
        self.settings.usualBytes * (chance + 12_000_000) / 12_500_000 * (isSmall ? 1 : 4) / 4
    }

    private static func backupName(_ body: Data) -> String {
        let text = String(decoding: body, as: UTF8.self)
        guard let key = text.firstRange(of: #""backupName":""#) else { return "" }
        return String(text[key.upperBound...].prefix { $0 != "\"" })
    }
}
