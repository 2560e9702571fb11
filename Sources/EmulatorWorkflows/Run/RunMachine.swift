import EmulatorExpressions
package import EmulatorRuntime
package import Foundation

/// Carries a run on, as far as it comes at one moment, by what its definition says and what has happened.
///
/// It decides only: the calls that it wants are made by its user, who tells it the answers.
///
/// Source: "Trigger and action types reference", "Handle errors and exceptions in Azure Logic Apps".
package struct RunMachine {
    let definition: WorkflowDefinition
    let scene: WorkflowScene
    /// The run as it is now.
    package internal(set) var run: WorkflowRun
    /// The calls that are to be made now.
    package internal(set) var calls: [WorkflowCall] = []
    /// When there is something to do next, where a time is waited for.
    package internal(set) var wake: Date?

    /// The executions of which something is new since the run was taken up.
    private var touched: Set<ActionKey> = []
    /// Counts what happens, to notice when nothing does any more.
    private var moves = 0
    private let headBefore: WorkflowRun.Head

    /// Takes up a run.
    ///
    /// - Parameters:
    ///   - run: The run.
    ///   - definition: The definition that it runs.
    ///   - scene: What its expressions see.
    package init(run: WorkflowRun, definition: WorkflowDefinition, scene: WorkflowScene) {
        self.run = run
        self.headBefore = run.head
        self.definition = definition
        self.scene = scene
    }

    var now: Date { self.scene.now }

    /// Goes on until nothing more happens at this moment.
    package mutating func advance() {
        self.calls = []
        var before: Int
        repeat {
            before = self.moves
            self.wake = nil
            self.carry(self.definition.actions, at: [])
            if !self.run.head.status.isActive { return self.stop() }
        } while self.moves != before
        guard self.isDone(self.definition.actions, at: []) else { return }
        self.end()
    }

    /// Nothing is asked for any more by a run that has ended.
    private mutating func stop() {
        self.calls = []
        self.wake = nil
    }

    /// What is new since the run was taken up; nil where nothing is.
    package var change: WorkflowRun.Change? {
        guard !self.touched.isEmpty || self.run.head != self.headBefore else { return nil }
        return WorkflowRun.Change(head: self.run.head, records: self.touched.compactMap { self.run.records[$0] })
    }

    mutating func put(_ record: ActionRecord) {
        self.run.records[record.key] = record
        self.touched.insert(record.key)
        self.moves += 1
    }

    mutating func update(_ key: ActionKey, _ body: (inout ActionRecord) -> Void) {
        guard var record = self.run.records[key] else { return }
        // Taken out meanwhile, so that it is changed in its place.
        self.run.records[key] = nil
        body(&record)
        self.put(record)
    }

    /// Ends the run, and what of it still goes on.
    mutating func endRun(_ status: ActionStatus, code: String?, error: JSON?) {
        self.touched.formUnion(self.run.records.values.filter(\.status.isActive).map(\.key))
        self.run.end(status, at: self.now, code: code, error: error)
    }

    private mutating func end() {
        let status = self.outcome(of: self.definition.actions, at: [])
        guard status == .succeeded else {
            return self.endRun(status, code: "ActionFailed", error: Self.actionFailed)
        }
        do throws(ExpressionFailure) {
            var outputs: JSON = [:]
            for member in self.definition.outputs {
                let value = member.value.member("value") ?? .null
                outputs[member.name] = [
                    "type": member.value.member("type") ?? "String",
                    "value": try WorkflowEvaluator(self.vocabulary([])).value(of: value),
                ]
            }
            self.run.head.outputs = outputs
            self.endRun(.succeeded, code: nil, error: nil)
        } catch {
            self.endRun(.failed, code: "InvalidTemplate", error: Self.unprocessed("the outputs", error))
        }
    }

    /// Source: words of failed runs in public reports.
    static let actionFailed: JSON = [
        "code": "ActionFailed", "message": "An action failed. No dependent actions succeeded.",
    ]

    static func unprocessed(_ what: String, _ failure: ExpressionFailure) -> JSON {
        [
            "code": "InvalidTemplate",
            "message": .string("Unable to process template language expressions in \(what): '\(failure.message)'."),
        ]
    }

    func vocabulary(_ loops: [LoopPosition]) -> WorkflowVocabulary {
        WorkflowVocabulary(definition: self.definition, run: self.run, scene: self.scene, loops: loops)
    }

    /// The loops that an execution is in, with their iterations.
    func loops(of key: ActionKey) -> [LoopPosition] {
        let names = self.definition.places[key.name.lowercased()]?.loops ?? []
        return zip(names, key.path).map { LoopPosition(loop: $0, index: $1) }
    }
}

extension RunMachine {
    /// Takes an answer to a call.
    ///
    /// - Parameters:
    ///   - answer: The answer; nil where none came.
    ///   - key: Which execution made the call.
    package mutating func take(_ answer: WorkflowAnswer?, for key: ActionKey) {
        guard let record = self.run.records[key], case .calling(let progress)? = record.progress,
            case .sent(let sentAt) = progress.phase
        else { return }
        self.take(answer, progress, sentAt, key)
    }

    /// Notes that a call was not made.
    ///
    /// - Parameters:
    ///   - error: `code` and `message` of the reason.
    ///   - key: Which execution wanted it.
    package mutating func refuse(_ error: JSON, for key: ActionKey) {
        guard case .calling? = self.run.records[key]?.progress else { return }
        self.fail(key, error)
    }

    /// Gives up the calls of which nobody knows the answers any more, since the emulator was stopped in between.
    package mutating func settleLostCalls() {
        for (key, record) in self.run.records {
            guard case .calling(let progress)? = record.progress, case .sent = progress.phase else { continue }
            self.take(nil, for: key)
        }
    }
}
