import EmulatorExpressions
import EmulatorRuntime
import Foundation

extension RunMachine {
    /// Starts an action whose time has come.
    mutating func start(_ action: WorkflowAction, _ key: ActionKey) {
        self.put(
            ActionRecord(key: key, status: .running, startedAt: self.now, trackingID: self.scene.identifier())
        )
        do throws(ExpressionFailure) {
            try self.begin(action, key)
        } catch {
            self.fail(key, Self.unprocessed("action '\(action.name)' inputs", error))
        }
    }

    func value(_ json: JSON, _ key: ActionKey) throws(ExpressionFailure) -> JSON {
        try WorkflowEvaluator(self.vocabulary(self.loops(of: key))).value(of: json)
    }

    private mutating func begin(_ action: WorkflowAction, _ key: ActionKey) throws(ExpressionFailure) {
        switch action.kind {
        case .http(let call): try self.call(call, key)
        case .wait(let inputs): try self.wait(inputs, key)
        case .group:
            self.update(key) { $0.progress = .inner(group: 0) }
            self.look(at: action, key)
        case .branch(let condition, let then, let otherwise):
            let holds = try WorkflowCondition(self.vocabulary(self.loops(of: key))).holds(condition)
            self.update(key) { $0.inputs = ["expressionResult": .bool(holds)] }
            self.enter(action, group: holds ? 0 : 1, leaving: holds ? otherwise : then, key)
        case .choice(let expression, let cases, let standard):
            let wanted = try self.value(expression, key)
            let index = cases.firstIndex { $0.value.isSame(as: wanted) }
            let groups = cases.map(\.actions) + [standard]
            let left = groups.enumerated().filter { $0.offset != index ?? cases.count }.flatMap(\.element)
            self.enter(action, group: index ?? cases.count, leaving: left, key)
        case .forEach(let list, _, _): try self.beginLoop(over: list, action, key)
        case .until:
            self.update(key) { $0.iterations = 1 }
            self.update(key) { $0.progress = .repeating([0]) }
            self.look(at: action, key)
        case .terminate(let status, let error): try self.terminate(status, error, key)
        default: try self.compute(action.kind, key)
        }
    }

    private mutating func enter(
        _ action: WorkflowAction,
        group: Int,
        leaving others: [WorkflowAction],
        _ key: ActionKey
    ) {
        for other in others { self.skip(other, at: key.path, because: Self.notTaken(other.name)) }
        self.update(key) { $0.progress = .inner(group: group) }
        self.look(at: action, key)
    }

    private mutating func wait(_ inputs: JSON, _ key: ActionKey) throws(ExpressionFailure) {
        let inputs = try self.value(inputs, key)
        self.update(key) { $0.inputs = inputs }
        let until: Date
        if let text = inputs.member(at: "until", "timestamp")?.string {
            guard let time = Timestamp(text) else {
                throw ExpressionFailure("The 'timestamp' of a delay is '\(text)', which is not a date and time.")
            }
            until = time.date
        } else {
            let units = ["second": 1, "minute": 60, "hour": 3600, "day": 86_400, "week": 604_800, "month": 2_592_000]
            let unit = inputs.member(at: "interval", "unit")?.string ?? ""
            // Source: "Limits and configuration reference": 30 days, of which more are never waited for here.
            guard let count = inputs.member(at: "interval", "count")?.integer, let length = units[unit.lowercased()],
                (1...2_592_000).contains(count), count * length <= 2_592_000
            else { throw ExpressionFailure("The 'interval' of a delay needs a 'count' and a 'unit', up to 30 days.") }
            until = self.scene.end(of: .seconds(count * length))
        }
        self.update(key) { $0.progress = .pausing(until: until) }
        if until > self.now { self.wake = min(self.wake ?? until, until) }
    }

    /// Source: "Trigger and action types reference", `Terminate`: the run ends at once, whatever else goes on.
    private mutating func terminate(
        _ status: ActionStatus,
        _ error: JSON?,
        _ key: ActionKey
    ) throws(ExpressionFailure) {
        let told = try error.map { error throws(ExpressionFailure) in try self.value(error, key) }
        self.update(key) { $0.inputs = ["runStatus": .string(status.rawValue), "runError": told ?? .null] }
        self.finish(key, .succeeded)
        let code = told?.member("code")?.display
        self.endRun(status, code: code ?? (status == .succeeded ? nil : "Terminated"), error: told)
    }

    /// Does what is done at once.
    private mutating func compute(_ kind: WorkflowAction.Kind, _ key: ActionKey) throws(ExpressionFailure) {
        switch kind {
        case .compose(let inputs):
            let value = try self.value(inputs, key)
            self.update(key) { $0.inputs = value }
            self.finish(key, .succeeded, outputs: value)
        case .parseJSON(let content):
            var value = try self.value(content, key)
            self.update(key) { $0.inputs = ["content": value] }
            if let text = value.string ?? value.content.map({ String(decoding: $0, as: UTF8.self) }) {
                guard let parsed = try? JSONParser.parse(Data(text.utf8)).value else {
                    return self.fail(key, ["code": "InvalidJSON", "message": "The content is not JSON."])
                }
                value = parsed
            }
            self.finish(key, .succeeded, outputs: ["body": value])
        case .filter(let from, let condition): try self.filter(from, condition, key)
        case .select(let from, let shape):
            var result: [JSON] = []
            for element in try self.list(from, key) {
                var vocabulary = self.vocabulary(self.loops(of: key))
                vocabulary.element = element
                result.append(try WorkflowEvaluator(vocabulary).value(of: shape))
            }
            self.finish(key, .succeeded, outputs: ["body": .array(result)])
        case .join(let from, let separator):
            let text = try self.list(from, key).map(\.display)
            let between = try self.value(separator, key).display
            self.finish(key, .succeeded, outputs: ["body": .string(text.joined(separator: between))])
        case .initialize(let declarations):
            for declaration in declarations { try self.initialize(declaration, key) }
            if self.run.records[key]?.status == .running { self.finish(key, .succeeded) }
        case .change(let change, let name, let value): try self.change(change, name, value, key)
        default: break
        }
    }

    private func list(_ from: JSON, _ key: ActionKey) throws(ExpressionFailure) -> [JSON] {
        let value = try self.value(from, key)
        guard let elements = value.array else {
            throw ExpressionFailure(
                "The 'from' property must be of type 'Array'. The provided value is of type '\(value.kind)'."
            )
        }
        return elements
    }

    private mutating func filter(_ from: JSON, _ condition: String, _ key: ActionKey) throws(ExpressionFailure) {
        let elements = try self.list(from, key)
        self.update(key) { $0.inputs = ["from": .array(elements), "where": .string(condition)] }
        var kept: [JSON] = []
        for element in elements {
            var vocabulary = self.vocabulary(self.loops(of: key))
            vocabulary.element = element
            if try WorkflowCondition(vocabulary).holds(.string(condition)) { kept.append(element) }
        }
        self.finish(key, .succeeded, outputs: ["body": .array(kept)])
    }

    mutating func finish(
        _ key: ActionKey,
        _ status: ActionStatus,
        code: String = "OK",
        error: JSON? = nil,
        outputs: JSON? = nil
    ) {
        guard var record = self.run.records[key] else { return }
        record.status = status
        record.code = code
        record.error = error
        if let outputs { record.outputs = outputs }
        record.endedAt = self.now
        record.progress = nil
        self.put(record)
    }

    mutating func fail(_ key: ActionKey, _ error: JSON) {
        self.finish(key, .failed, code: error.member("code")?.string ?? "ActionFailed", error: error)
    }
}
