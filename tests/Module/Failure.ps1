# Dot-source this file in BeforeAll: runs commands that should fail.

# Returns the only error of a script that writes nothing else, terminating or not.
function Get-Failure([scriptblock] $Failing) {
    $ErrorActionPreference = 'Continue'
    $written = @(try { & $Failing 2>&1 } catch { $_ })
    $written | Should -HaveCount 1
    $written[0] | Should -BeOfType ([Management.Automation.ErrorRecord])
    $written[0]
}
