# Dot-source this in BeforeAll: runs what is to fail.

# The one error of a script that writes nothing else, whether the error ends the script or not.
function Get-Failure([scriptblock] $Failing) {
    $ErrorActionPreference = 'Continue'
    $written = @(try { & $Failing 2>&1 } catch { $_ })
    $written | Should -HaveCount 1
    $written[0] | Should -BeOfType ([Management.Automation.ErrorRecord])
    $written[0]
}
