import Testing

/// Lets a few cases of the suites that carry it run at once: each has an Azure of its own, and dozens would starve each other.
struct Width: SuiteTrait, TestTrait, TestScoping {
    /// A gate that so many may be inside of.
    actor Gate {
        private var free: Int
        private var waiting: [CheckedContinuation<Void, Never>] = []

        init(_ width: Int) { self.free = width }

        func enter() async {
            guard self.free == 0 else { return self.free -= 1 }
            await withCheckedContinuation { self.waiting.append($0) }
        }

        func leave() {
            guard !self.waiting.isEmpty else { return self.free += 1 }
            self.waiting.removeFirst().resume()
        }
    }

    let gate: Gate

    var isRecursive: Bool { true }

    func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        guard testCase != nil else { return try await function() }
        await self.gate.enter()
        let result: Result<Void, any Error>
        do {
            result = .success(try await function())
        } catch {
            result = .failure(error)
        }
        await self.gate.leave()
        try result.get()
    }
}

extension Trait where Self == Width {
    /// Three cases at once, over all suites of assumptions.
    static var narrow: Self { Self(gate: Width.shared) }
}

extension Width {
    fileprivate static let shared = Gate(3)
}
