package import BackupDomain
package import FoundationEssentials
import Synchronization

/// A clock that follows one served on this machine, as a local Azure with a virtual clock has it.
///
/// The served document is `{"now": "2026-11-24T01:00:00Z", "scale": 60}`: the instant, and how many of its seconds pass in
/// one real second. The present is that instant plus the scaled real time since; sleeps shorten by the same factor. The
/// document is read again when a sleep ends more than a minute by it after the last reading, since it may have been set.
package final class ServedClock: WallClock {
    struct Reading: Sendable {
        /// What the clock showed, half-way between the call and its answer.
        var now: Date
        var scale: Double
        var takenAt: Duration
        var uptime: Duration
    }

    /// How old a reading may be by the served clock, and how old it must be by the real one to be taken again.
    private static let rereadAfter = Duration.seconds(60)
    private static let shortestPause = Duration.milliseconds(200)
    /// How exact the first reading should be, by the real clock, and how often it is taken again where it is not.
    private static let wantedDoubt = Duration.milliseconds(10)
    private static let readings = 5

    private let url: URL
    private let transport: any HTTPTransport
    private let base: any WallClock
    private let reading: Mutex<Reading>

    private init(url: URL, transport: any HTTPTransport, base: any WallClock, reading: Reading) {
        self.url = url
        self.transport = transport
        self.base = base
        self.reading = Mutex(reading)
    }

    /// Reads the served clock and follows it from then on.
    ///
    /// - Parameters:
    ///   - text: The URL; refused unless it is of a loopback address.
    ///   - transport: What reads it.
    ///   - base: Real time.
    /// - Returns: The clock.
    /// - Throws: ``BackupDomain/BackupError`` with code `invalidInput` for another address, `malformedAnswer` for another
    ///   document, and what the transport says.
    package static func follow(
        _ text: String,
        transport: any HTTPTransport,
        base: any WallClock
    ) async throws -> ServedClock {
        guard let url = URL(string: text), let origin = Origin(url), origin.isLoopback else {
            throw BackupError(
                .invalidInput,
                "APIM_BACKUP_CLOCK does not name a URL on this machine; no other clock is followed.",
                remedy: "Unset APIM_BACKUP_CLOCK; it is for a local Azure only."
            )
        }
        var best = try await Self.read(url, transport, base)
        for _ in 1..<Self.readings where best.doubt > Self.wantedDoubt {
            let other = try await Self.read(url, transport, base)
            if other.doubt < best.doubt { best = other }
        }
        return ServedClock(url: url, transport: transport, base: base, reading: best.reading)
    }

    package var now: Date {
        let reading = self.reading.withLock(\.self)
        return reading.now + ((self.base.uptime - reading.takenAt) * reading.scale).asSeconds
    }

    package var uptime: Duration {
        let reading = self.reading.withLock(\.self)
        return reading.uptime + (self.base.uptime - reading.takenAt) * reading.scale
    }

    package func sleep(for duration: Duration) async throws {
        guard duration > .zero else { return }
        try await self.base.sleep(for: duration / self.reading.withLock(\.scale))
        await self.readAgainIfOld()
    }

    private func readAgainIfOld() async {
        let reading = self.reading.withLock(\.self)
        let age = self.base.uptime - reading.takenAt
        guard age * reading.scale > Self.rereadAfter, age > Self.shortestPause else { return }
        // A local Azure that is away for a moment leaves the clock as it was.
        guard let (fresh, doubt) = try? await Self.read(self.url, self.transport, self.base),
            // Nor does a reading that came so late that the old one is the better one.
            doubt * fresh.scale <= Self.rereadAfter
        else { return }
        let uptime = reading.uptime + (fresh.takenAt - reading.takenAt) * reading.scale
        self.reading.withLock { known in
            let uptime = max(uptime, known.uptime)
            known = fresh
            known.uptime = uptime
        }
    }

    /// Reads the document: the reading, and how far it may be off by the real clock.
    private static func read(
        _ url: URL,
        _ transport: any HTTPTransport,
        _ base: any WallClock
    ) async throws -> (reading: Reading, doubt: Duration) {
        let sent = base.uptime
        let answer: HTTPExchangeResponse
        do {
            answer = try await transport.send(
                HTTPExchangeRequest(url: url, capInBytes: 4096, deadline: .seconds(5))
            )
        } catch let failure as TransportFailure {
            throw failure.error
        }
        guard answer.status == 200, let document = try? JSONDecoder.stable().decode(JSONValue.self, from: answer.body),
            let now = document["now"]?.string.flatMap(Date.init(iso8601:)),
            let scale = document["scale"]?.double, scale > 0, scale <= 1_000_000
        else {
            throw BackupError(.malformedAnswer, "The clock that APIM_BACKUP_CLOCK names does not answer as a clock.")
        }
        let doubt = (base.uptime - sent) / 2
        return (Reading(now: now, scale: scale, takenAt: sent + doubt, uptime: .zero), doubt)
    }
}
