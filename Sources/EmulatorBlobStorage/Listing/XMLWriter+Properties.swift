import Foundation

extension XMLWriter {
    mutating func element(_ lease: LeaseState, at now: Date) {
        self.element("LeaseStatus", lease.isLocked(at: now) ? "locked" : "unlocked")
        self.element("LeaseState", lease.phase(at: now).rawValue)
        self.element("LeaseDuration", lease.duration(at: now))
    }

    mutating func element(metadata: [String: String]) {
        self.element("Metadata") { xml in
            for (name, value) in metadata.sorted(by: { $0.key < $1.key }) { xml.element(name, value) }
        }
    }

    mutating func element(tags: [String: String]) {
        self.element("Tags") { xml in
            xml.element("TagSet") { xml in
                for (name, value) in tags.sorted(by: { $0.key < $1.key }) {
                    xml.element("Tag") { xml in
                        xml.element("Key", name)
                        xml.element("Value", value)
                    }
                }
            }
        }
    }
}
