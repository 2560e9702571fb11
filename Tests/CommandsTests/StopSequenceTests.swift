import Testing

@testable import Commands

@Suite("What each signal asks for")
struct StopSequenceTests {
    @Test(arguments: [
        ([true, true, true], [StopSequence.Step.stop, .cancel, .leave]),
        ([false, false, false], [.cancel, .cancel, .leave]),
        ([false, true, true, true], [.cancel, .cancel, .leave, .leave]),
        ([true, false, false], [.stop, .cancel, .leave]),
    ])
    func `the third one ends the process, not the second`(_ isHeeded: [Bool], _ expected: [StopSequence.Step]) {
        var signals = StopSequence()
        #expect(isHeeded.map { signals.next(isHeeded: $0) } == expected)
    }
}
