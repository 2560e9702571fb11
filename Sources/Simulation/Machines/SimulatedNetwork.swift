import AzureClient
import BackupDomain
import FoundationEssentials
import HTTPTypes
import Synchronization

/// What lies between the machines and Azure, and decides what becomes of each call.
final class SimulatedNetwork: Sendable {
    /// What becomes of one call.
    struct Fate: Sendable {
        /// How many milliseconds the request takes to arrive.
        var there: Int64
        /// How many milliseconds the answer takes; none without a fault, to save steps.
        var back: Int64 = 0
        /// The misfortune, where there is one.
        var fault: FaultKind?
        /// The refusal that it gets in place of an answer.
        var refusal: Int?
        /// How many seconds the refusal asks to wait.
        var retryAfter: Int64?
    }

    private struct Burst {
        var until: Int64 = 0
        var fault = FaultKind.throttling
        var retryAfter: Int64?
    }

    private struct State {
        var random: SplitMix
        var rates: FaultRates
        var total: Double
        var bursts = [Burst](repeating: Burst(), count: SimulatedCall.Service.allCases.count)
    }

    /// The faults that strike single calls.
    private static let kinds: [FaultKind] = [
        .refusedConnection, .lostRequest, .lostAnswer, .lateRequest, .slowAnswer, .duplicate, .throttling,
        .serverErrors,
        .errorAfterEffect, .rejectedToken, .outage, .stall,
    ]

    private let state: Mutex<State>

    /// Creates a network.
    init(random: SplitMix, rates: FaultRates) {
        self.state = Mutex(State(random: random, rates: rates, total: Self.total(rates)))
    }

    /// Sets new rates, and ends what goes on.
    func set(_ rates: FaultRates) {
        self.state.withLock { state in
            state.rates = rates
            state.total = Self.total(rates)
            for index in state.bursts.indices { state.bursts[index].until = 0 }
        }
    }

    private static func total(_ rates: FaultRates) -> Double { Self.kinds.reduce(0) { $0 + rates[$1] } }

    /// Decides what becomes of a call.
    ///
    /// - Parameters:
    ///   - call: The call.
    ///   - now: The present in milliseconds since 1970.
    /// - Returns: Its fate.
    func fate(of call: SimulatedCall, at now: Int64) -> Fate {
        self.state.withLock { state in
            var fate = Fate(there: state.random.whole(in: 3...60))
            guard state.total > 0 else { return fate }
            let burst = state.bursts[call.service.rawValue]
            if now < burst.until {
                fate.fault = burst.fault
                fate.retryAfter = burst.retryAfter
            } else {
                var point = state.random.unit()
                if point >= state.total { return fate }
                for kind in Self.kinds {
                    point -= state.rates[kind]
                    guard point < 0 else { continue }
                    fate.fault = kind
                    break
                }
            }
            Self.complete(&fate, call, &state, at: now)
            return fate
        }
    }

    private static func complete(_ fate: inout Fate, _ call: SimulatedCall, _ state: inout State, at now: Int64) {
        switch fate.fault {
        case .throttling, .serverErrors, .outage:
            let isNew = now >= state.bursts[call.service.rawValue].until
            if isNew, let fault = fate.fault {
                let seconds = fault == .outage ? state.random.whole(in: 20...1800) : state.random.whole(in: 1...240)
                fate.retryAfter = state.random.happens(0.5) ? state.random.whole(in: 1...60) : nil
                state.bursts[call.service.rawValue] = Burst(
                    until: now + seconds * 1000,
                    fault: fault,
                    retryAfter: fate.retryAfter
                )
            }
            if fate.fault == .throttling {
                fate.refusal = 429
            } else if fate.fault == .serverErrors {
                fate.refusal = [500, 502, 503, 504][Int(state.random.whole(in: 0...3))]
            }
        case .rejectedToken: fate.refusal = call.service == .identity ? nil : 401
        case .errorAfterEffect: fate.refusal = 500
        case .slowAnswer: fate.back = state.random.whole(in: 1000...90_000)
        case .lateRequest: fate.back = state.random.whole(in: 61_000...180_000)
        case .stall: fate.there += state.random.whole(in: 1000...180_000)
        default: break
        }
    }
}
