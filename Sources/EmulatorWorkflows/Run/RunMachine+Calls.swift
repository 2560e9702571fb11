import EmulatorExpressions
import EmulatorRuntime
import Foundation

extension RunMachine {
    /// Starts a call.
    mutating func call(_ call: HTTPCall, _ key: ActionKey) throws(ExpressionFailure) {
        let inputs = try self.value(call.inputs, key)
        self.update(key) { $0.inputs = WorkflowRequest.shown(inputs) }
        let request: WorkflowRequest
        do throws(WorkflowMistake) {
            request = try WorkflowRequest(inputs)
        } catch {
            return self.fail(key, ["code": "BadRequest", "message": .string(error.message)])
        }
        let progress = CallProgress(
            request: request,
            phase: .due(self.now),
            deadline: call.timeout.map { self.scene.end(of: $0.duration) }
        )
        self.update(key) { $0.progress = .calling(progress) }
        self.look(at: progress, key)
    }

    mutating func look(at progress: CallProgress, _ key: ActionKey) {
        guard case .due(let date) = progress.phase else { return }
        if let deadline = progress.deadline, deadline <= self.now, progress.isPolling || progress.attempts > 0 {
            return self.timeOut(key)
        }
        guard date <= self.now else {
            let next = min(date, progress.deadline ?? date)
            self.wake = min(self.wake ?? next, next)
            return
        }
        var sent = progress
        sent.attempts += 1
        sent.phase = .sent(self.now)
        self.update(key) { $0.progress = .calling(sent) }
        self.calls.append(WorkflowCall(key: key, request: sent.request))
    }

    /// Source: "Trigger and action types reference", limits of actions: code by that text.
    private mutating func timeOut(_ key: ActionKey) {
        self.finish(
            key,
            .timedOut,
            code: "ActionTimedOut",
            error: [
                "code": "ActionTimedOut",
                "message": .string("The execution of template action '\(key.name)' is failed: the action timed out."),
            ]
        )
    }

    mutating func take(_ answer: WorkflowAnswer?, _ progress: CallProgress, _ sentAt: Date, _ key: ActionKey) {
        guard case .http(let call)? = self.definition.action(named: key.name)?.kind else { return }
        if answer.map({ CallRetries.concern($0.status) }) ?? true,
            self.tryAgain(answer, progress, sentAt, call.retries, key)
        {
            return
        }
        guard let answer else { return self.fail(key, Self.noAnswer) }
        if answer.status == 202, call.followsOperations, let location = answer.header("Location") {
            return self.follow(location, answer, progress, key)
        }
        let code = StatusName.text(answer.status)
        guard !(200..<300).contains(answer.status) else {
            return self.finish(key, .succeeded, code: code, outputs: answer.outputs)
        }
        self.finish(key, .failed, code: code, outputs: answer.outputs)
    }

    /// Source: words of failed runs in public reports.
    private static let noAnswer: JSON = [
        "code": "BadRequest",
        "message":
            "Http request failed as there is an error: 'An error occurred while sending the request.'.",
    ]

    private mutating func tryAgain(
        _ answer: WorkflowAnswer?,
        _ progress: CallProgress,
        _ sentAt: Date,
        _ retries: CallRetries,
        _ key: ActionKey
    ) -> Bool {
        guard let pause = retries.pause(after: progress.attempts) else { return false }
        let attempt = CallAttempt(
            startedAt: sentAt,
            endedAt: self.now,
            code: answer.map { StatusName.text($0.status) } ?? "NoResponse"
        )
        self.update(key) { $0.retries.append(attempt) }
        var next = progress
        // That the answer's own wish counts where it is longer is inferred.
        let wished = answer?.header("Retry-After").flatMap { Double($0) } ?? 0
        next.phase = .due(max(self.scene.end(of: pause), self.now.addingTimeInterval(wished)))
        self.update(key) { $0.progress = .calling(next) }
        return true
    }

    /// Polls the operation that a call started, after 20 seconds where the answer does not say.
    ///
    /// Source: "Trigger and action types reference", the asynchronous pattern. That polls carry the token too is inferred from
    /// workflows that rely on it.
    private mutating func follow(
        _ location: String,
        _ answer: WorkflowAnswer,
        _ progress: CallProgress,
        _ key: ActionKey
    ) {
        let wished = answer.header("Retry-After").flatMap { Double($0) }
        var next = progress
        next.request =
            progress.isPolling && progress.request.uri == location
            ? progress.request : progress.request.polling(location)
        next.attempts = 0
        next.isPolling = true
        next.phase = .due(wished.map { self.now.addingTimeInterval($0) } ?? self.scene.end(of: .seconds(20)))
        self.update(key) { $0.progress = .calling(next) }
    }
}
