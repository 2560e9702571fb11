import EmulatorRuntime
import Foundation
import Testing

@testable import EmulatorWorkflows

@Suite("Calls of workflows")
struct WorkflowCallTests {
    @Test(
        arguments: [
            (["retryPolicy": ["type": "none"]], 1, 0.0), ([:], 5, 97.5),
            (["retryPolicy": ["type": "fixed", "count": 2, "interval": "PT10S"]], 3, 20),
            (
                [
                    "retryPolicy": [
                        "type": "exponential", "count": 4, "interval": "PT20S", "minimumInterval": "PT10S",
                        "maximumInterval": "PT1M",
                    ]
                ], 5, 180
            ),
        ] as [(JSON, Int, Double)]
    )
    func `are made again as their policy says`(_ more: JSON, _ calls: Int, _ seconds: Double) throws {
        var action = JSON.http("https://a/b", more)
        if more.object?.isEmpty == true {
            action = ["type": "Http", "inputs": ["method": "GET", "uri": "https://a/b"]]
        }
        for answer in [nil, WorkflowAnswer.ok(status: 503), .ok(status: 429), .ok(status: 408)] {
            let run = try PlayedRun(["A": action]) { _, _ in answer }
            #expect(run.called.count == calls)
            #expect(run.seconds == seconds)
            #expect(run.status == .failed)
            #expect(run.record("A")?.retries.count == calls - 1)
        }
    }

    @Test func `are not made again where the answer is final, and wait as long as it asks`() throws {
        let policy: JSON = ["retryPolicy": ["type": "fixed", "count": 3, "interval": "PT5S"]]
        let refused = try PlayedRun(["A": .http("https://a/b", policy)]) { _, _ in .ok(status: 409) }
        #expect(refused.called.count == 1)
        let throttled = try PlayedRun(["A": .http("https://a/b", policy)]) { count, _ in
            .ok(status: count == 1 ? 429 : 200, headers: [("Retry-After", "77")])
        }
        #expect(throttled.seconds == 77)
        #expect(throttled.status == .succeeded)
    }

    @Test func `without an answer leave no outputs`() throws {
        let run = try PlayedRun([
            "A": .http(), "B": .compose("@coalesce(outputs('A')?['statusCode'], 0)", after: ["A": ["Failed"]]),
        ]) { _, _ in nil }
        #expect(run.record("A")?.outputs == nil)
        #expect(run.record("A")?.error?["code"] == "BadRequest")
        #expect(run.record("B")?.outputs == 0)
    }

    static let accepted = WorkflowAnswer.ok(
        status: 202,
        headers: [("Location", "https://a/operation"), ("Retry-After", "60")]
    )

    @Test func `follow an operation to its end, unless they are told not to`() throws {
        let post: JSON = ["method": "POST", "body": ["a": 1]]
        let followed = try PlayedRun(["A": .http("https://a/b", post)]) { count, _ in
            count < 4 ? Self.accepted : .ok(["b": 2])
        }
        #expect(followed.called == ["POST https://a/b"] + Array(repeating: "GET https://a/operation", count: 3))
        #expect(followed.seconds == 180)
        #expect(followed.record("A")?.outputs?["body"] == ["b": 2])
        let plain = try PlayedRun(["A": .http("https://a/b", post, options: "DisableAsyncPattern")]) { _, _ in
            Self.accepted
        }
        #expect(plain.called.count == 1)
        #expect(plain.record("A")?.code == "Accepted")
        #expect(plain.status == .succeeded)
    }

    @Test func `are given up after their time`() throws {
        var action = JSON.http("https://a/b", ["method": "POST"])
        action["limit"] = ["timeout": "PT5M"]
        let run = try PlayedRun(["A": action, "B": .compose(1, after: ["A": ["TimedOut"]])]) { _, _ in Self.accepted }
        #expect(run.status("A") == .timedOut)
        #expect(run.record("A")?.code == "ActionTimedOut")
        #expect(run.status("B") == .succeeded)
        #expect(run.seconds == 300)
    }

    @Test func `carry what the action says, and show no secret`() throws {
        var seen: WorkflowRequest?
        let inputs: JSON = [
            "method": "PUT", "queries": ["a": "b c"], "headers": ["X-One": "@{1}", "Authorization": "secret"],
            "body": ["x": "@add(1, 1)"],
            "authentication": ["type": "ManagedServiceIdentity", "audience": "https://storage.azure.com/"],
        ]
        let run = try PlayedRun(["A": .http("https://a/b?c=d", inputs)]) { _, request in
            seen = request
            return .ok()
        }
        let request = try #require(seen)
        #expect(request.uri == "https://a/b?c=d&a=b%20c")
        #expect(request.headers["X-One"] == "1")
        #expect(request.headers["Content-Type"] == "application/json; charset=utf-8")
        #expect(String(decoding: request.body, as: UTF8.self) == #"{"x":2}"#)
        #expect(request.identity == .init(resourceID: nil, audience: "https://storage.azure.com/"))
        #expect(run.record("A")?.inputs?.text.contains("secret") == false)
    }

    @Test(arguments: ["ftp://a/b", "a/b", "https://", "https://a/@{substring(concat(guid(), guid(), guid()), 200)}"])
    func `to what is no address fail`(_ uri: String) throws {
        let run = try PlayedRun(["A": .http(uri)])
        #expect(run.status == .failed)
        #expect(run.called.isEmpty)
    }

    @Test(
        arguments: [
            ("application/json", "{\"a\":1}", ["a": 1]), ("application/json", "{", "{"), ("text/plain", "hi", "hi"),
            (
                "application/xml", "<a/>", ["$content-type": "application/xml", "$content": "PGEvPg=="]
            ),
            ("application/json", "", nil),
        ] as [(String, String, JSON)]
    )
    func `see bodies by their type`(_ type: String, _ text: String, _ body: JSON) throws {
        let answer = WorkflowAnswer(status: 200, headers: [("Content-Type", type)], body: Data(text.utf8))
        let run = try PlayedRun(["A": .http(), "B": .compose("@body('A')", after: ["A": ["Succeeded"]])]) { _, _ in
            answer
        }
        #expect(run.record("B")?.outputs == body)
    }

    @Test func `that nobody knows the answer of count as unanswered`() throws {
        let definition = try WorkflowDefinition(PlayedRun.definition(["A": .http()]))
        let trigger = StartedTrigger(name: "manual", scheduledAt: nil, firedAt: PlayedRun.start)
        let run = WorkflowRun(id: "r", version: "1", trigger: trigger, now: PlayedRun.start, trackingID: "t")
        let scene = WorkflowScene(
            workflow: [:],
            parameters: [:],
            now: PlayedRun.start,
            scaled: { $0 },
            identifier: { "i" }
        )
        var machine = RunMachine(run: run, definition: definition, scene: scene)
        machine.advance()
        #expect(machine.calls.count == 1)
        let stored = try JSONDecoder().decode(WorkflowRun.self, from: JSONEncoder().encode(machine.run))
        #expect(stored == machine.run)
        var second = RunMachine(run: stored, definition: definition, scene: scene)
        second.advance()
        #expect(second.calls.isEmpty, "a call is never made twice without an answer")
        second.settleLostCalls()
        second.advance()
        #expect(second.run.head.status == .failed)
    }
}
