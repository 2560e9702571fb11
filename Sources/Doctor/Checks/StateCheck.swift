import BackupDomain

/// Whether the instance is in a state in which Azure takes a backup.
enum StateCheck: DoctorCheck {
    static let name = CheckName.state

    static func judge(_ examination: Examination) -> [Finding] {
        self.judge(examination.instance, of: "instance") { instance in
            let state = instance.provisioningState
            if state.lowercased() == "succeeded" { return self.ok(state) }
            let show = "\(instance.id.showCommand) --query provisioningState"
            if instance.isBusy {
                return self.warning(
                    "\(state): another operation holds the instance, and a backup now would be busy.",
                    show
                )
            }
            if state.lowercased() == "failed" {
                return self.warning("\(state): its last operation failed; a backup may be refused.", show)
            }
            return self.fault("\(state): the instance is in no state to be backed up.", show)
        }
    }
}
