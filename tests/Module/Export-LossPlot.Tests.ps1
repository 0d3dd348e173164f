#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeAll {
    Import-Module OnnxDeep
    . "$PSScriptRoot/Failure.ps1"
    . "$PSScriptRoot/PlotHelper.ps1"
}

Describe 'Export-LossPlot' {
    BeforeAll {
        $rows = 1..12 | ForEach-Object {
            [pscustomobject] @{
                Epoch              = $_
                Loss               = 1 / $_
                Accuracy           = 1 - 0.4 / $_
                ValidationLoss     = 1.2 / $_
                ValidationAccuracy = 0.9
            }
        }
    }

    It 'draws <What>, in any size and theme' -ForEach @(
        @{ What = 'rows'; Draw = { param($more) $rows | Export-LossPlot @more } }
        @{ What = 'losses alone'; Draw = {
                param($more)
                0.7, 0.4, 0.2 | ForEach-Object { [pscustomobject] @{ Loss = $_ } } | Export-LossPlot @more } }
        @{ What = 'texts'; Draw = {
                param($more)
                [pscustomobject] @{ Epoch = '1'; Loss = '0.5'; Accuracy = ''; ValidationLoss = '6e-1' } |
                    Export-LossPlot @more } }
        @{ What = 'a result'; Draw = {
                param($more)
                [pscustomobject] @{ History = [pscustomobject] @{ Loss = 1 }, [pscustomobject] @{ Loss = 2 } } |
                    Export-LossPlot @more } }
    ) {
        Test-Picture $Draw
    }

    It 'draws <How>' -ForEach @(
        @{ How = 'an argument'; Script = { Export-LossPlot "$TestDrive/h.svg" $rows } }
        @{ How = 'the property History of a result'; Script = {
                [pscustomobject] @{ History = $rows } | Export-LossPlot "$TestDrive/h.svg" } }
        @{ How = 'a CSV'; Script = {
                # Export-Csv would format numbers for the culture.
                $columns = 'Epoch,Loss,Accuracy,ValidationLoss,ValidationAccuracy'
                Set-Content "$TestDrive/h.csv" $columns, '1,0.5,0.75,0.6,0.7', '2,0.4,0.8,0.5,0.75'
                Import-Csv "$TestDrive/h.csv" | Export-LossPlot "$TestDrive/h.svg" } }
    ) {
        $text = Get-SvgText (& $Script)

        'training', 'validation', 'epoch', 'loss', 'accuracy' | ForEach-Object { $text | Should -BeLike "*$_*" }
    }

    It 'leaves accuracy and validation out where there are none' {
        $text = Get-SvgText (3, 2, 1 | ForEach-Object { [pscustomobject] @{ Loss = $_ } } |
                Export-LossPlot "$TestDrive/l.svg")

        $text | Should -Not -BeLike '*accuracy*'
        $text | Should -Not -BeLike '*validation*'
    }

    It 'is <Id> for <What>' -ForEach @(
        @{ Id = 'HistoryEmpty'; What = 'nothing'; Value = @() }
        @{ Id = 'HistoryInvalid'; What = 'a number'; Value = 5 }
        @{ Id = 'HistoryInvalid'; What = 'a loss that is none'; Value = [pscustomobject] @{ Loss = 'high' } }
    ) {
        Test-Refusal { $Value | Export-LossPlot "$TestDrive/e.png" } $Id InvalidData
    }

    It 'does not overwrite a picture that appears after the command has begun with -NoClobber' {
        $path = "$TestDrive/race.svg"
        $failure = Get-Failure { & { Set-Content $path other; $rows } | Export-LossPlot $path -NoClobber }

        $failure.FullyQualifiedErrorId | Should -BeLikeExactly 'FileExists,*'
        Get-Content $path | Should -BeExactly other
    }

    It 'draws what Export-Csv wrote with decimal commas, by -Culture' {
        $before = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = Get-CommaCulture
            $rows | Export-Csv "$TestDrive/comma.csv" -Delimiter ';'
        }
        finally {
            [cultureinfo]::CurrentCulture = $before
        }

        $read = Import-Csv "$TestDrive/comma.csv" -Delimiter ';'
        $read[1].Loss | Should -BeExactly '0,5'
        Test-CommaRefusal { $read | Export-LossPlot "$TestDrive/c.svg" } '0,5'
        $read | Export-LossPlot "$TestDrive/c.svg" -Culture (Get-CommaCulture) | Should -Exist
        $rows | Export-LossPlot "$TestDrive/p.svg"
        Get-Content "$TestDrive/c.svg" | Should -BeExactly (Get-Content "$TestDrive/p.svg")
    }
}
