import BackupDomain

/// Reads one list to its end.
struct ListReader: Sendable {
    /// What a list came to.
    struct Reading: Sendable {
        /// The path of the list.
        var list: String
        /// The items.
        var items: [InventoryItem] = []
        /// Why the list is missing, or not to be relied on; nil where it is whole.
        var gap: InventoryGap?
        /// How many pages were read.
        var calls = 0
        /// Azure's answer, where it is a refusal.
        var refusal: ManagementAnswer?
    }

    /// The most pages of a list that are followed.
    private static let mostPages = 1000

    let plane: any ContentsPlane
    let instance: ResourceID

    /// Reads a list; one that changes meanwhile is read once more.
    ///
    /// - Parameter list: The path of the list.
    /// - Returns: What it came to.
    /// - Throws: ``BackupDomain/BackupError`` where no answer came.
    func read(_ list: String) async throws -> Reading {
        let first = try await self.readOnce(list)
        guard [.changing, .gone].contains(first.gap?.reason) else { return first }
        var second = try await self.readOnce(list)
        second.calls += first.calls
        return second
    }

    private func readOnce(_ list: String) async throws -> Reading {
        var reading = Reading(list: list)
        var elements: [JSONValue] = []
        var total: Int64?
        var seen: Set<String> = []
        var next: String?
        repeat {
            reading.calls += 1
            guard let answer = try await self.page(list, next, &reading) else { return reading }
            guard answer.status == 200, let page = answer.document?["value"]?.array else {
                reading.refusal = answer
                reading.gap = Self.gap(list, answer)
                return reading
            }
            elements += page
            // The number of all elements is told with each page.
            let count = answer.document?["count"]?.integer
            if let before = total, let count, before != count { reading.gap = Self.changing(list) }
            total = count ?? total
            next = answer.document?["nextLink"]?.string.flatMap { $0.isEmpty ? nil : $0 }
            if let link = next, !seen.insert(link).inserted || seen.count >= Self.mostPages {
                throw BackupError(.malformedAnswer, "Azure's list \(list) does not end: its pages lead in a circle.")
            }
        } while next != nil
        let reader = ElementReader(instance: self.instance)
        reading.items = elements.compactMap { reader.item($0, in: list) }
        if Set(reading.items.map(\.key)).count < reading.items.count { reading.gap = Self.changing(list) }
        if let total, seen.count > 0, total != elements.count { reading.gap = Self.changing(list) }
        return reading
    }

    /// Reads one page; nil where it is too large.
    private func page(_ list: String, _ next: String?, _ reading: inout Reading) async throws -> ManagementAnswer? {
        do {
            if let next { return try await self.plane.contents(at: next) }
            return try await self.plane.contents(list, of: self.instance)
        } catch let error as BackupError where error.code == .answerTooLarge {
            reading.gap = InventoryGap(list: list, reason: .tooLarge, detail: error.message)
            return nil
        }
    }

    private static func changing(_ list: String) -> InventoryGap { InventoryGap(list: list, reason: .changing) }

    /// What the instance does not have is answered with 400, 404 or 405: which of them, and with which code, is not relied on.
    private static func gap(_ list: String, _ answer: ManagementAnswer) -> InventoryGap {
        let isRoot = !list.contains("/")
        let reason: InventoryGap.Reason =
            switch answer.status {
            case 403: .forbidden
            case _ where isRoot && [400, 404, 405, 501].contains(answer.status): .notOffered
            case 404: .gone
            default: .failed
            }
        return InventoryGap(list: list, reason: reason, detail: answer.code ?? "status \(answer.status)")
    }
}
