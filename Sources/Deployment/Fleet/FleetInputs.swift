/// The inputs of the template for many instances: what is not said by the settings that travel with it.
package enum FleetInputs {
    /// The settings file.
    package static let settings = TemplateParameter(
        "settings",
        .secureString,
        "The settings file, which the job finds as a mounted secret."
    )

    /// The input that holds a secret variable of the job.
    ///
    /// - Parameter variable: The variable's name.
    /// - Returns: The input.
    package static func secret(_ variable: String) -> TemplateParameter {
        TemplateParameter("secret_\(variable)", .secureString, "The value of the variable \(variable).")
    }

    /// The inputs that a person may give; the settings and secrets come beside them.
    package static let all = [
        JobInputs.image, BackupInputs.location, BackupInputs.leastPrivilege, BackupInputs.storageRoleScope,
        BackupInputs.assignsRoles, BackupInputs.alertEmail, JobInputs.missedAfter, JobInputs.deletes,
        JobInputs.registryIdentity, JobInputs.environment, JobInputs.subnet,
        BackupInputs.firstRun,
    ]
}
