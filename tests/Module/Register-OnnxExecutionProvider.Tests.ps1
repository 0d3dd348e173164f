#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }

BeforeDiscovery {
    # The plug-in is built from tests/data/plugin if a C compiler and the ONNX Runtime headers are available.
    $packages = $env:NUGET_PACKAGES ?? "$HOME/.nuget/packages"
    $headers = Get-Item "$packages/microsoft.ml.onnxruntime/*/build/native/include" -ErrorAction Ignore |
        Select-Object -Last 1
    $canCompile = $headers -and -not $IsWindows -and (Get-Command cc -CommandType Application -ErrorAction Ignore)
}

BeforeAll {
    . "$PSScriptRoot/Failure.ps1"
    $homeBefore = $env:ONNXDEEP_HOME
    $env:ONNXDEEP_HOME = Join-Path $TestDrive home
    Import-Module OnnxDeep
    $by = 'OnnxDeep.PowerShell.Providers.RegisterOnnxExecutionProviderCommand'
    $shared = Join-Path (Split-Path (Get-OnnxExecutionProvider CPU).Library) (
        $IsWindows ? 'onnxruntime_providers_shared.dll' :
        $IsMacOS ? 'libonnxruntime.dylib' : 'libonnxruntime_providers_shared.so')
}

AfterAll {
    $env:ONNXDEEP_HOME = $homeBefore
}

Describe 'Register-OnnxExecutionProvider' {
    It 'refuses a library that is <Id>' -ForEach @(
        @{ Id = 'ProviderLibraryNotFound'; Name = 'Test'; Path = { 'TestDrive:\none.so' } }
        @{ Id = 'ProviderLibraryNotLoadable'; Name = 'Test'; Path = { 'TestDrive:\text.so' } }
        @{ Id = 'ProviderLibraryInvalid'; Name = 'Test'; Path = { $shared } }
        @{ Id = 'ProviderNameReserved'; Name = 'auto'; Path = { $shared } }
        @{ Id = 'ProviderNameReserved'; Name = 'CPU'; Path = { 'TestDrive:\text.so' } }
    ) {
        Set-Content "$TestDrive/text.so" 'I am no library'

        { Register-OnnxExecutionProvider $Name (& $Path) -Persist } | Should -Throw -ErrorId "$Id,$by"
        "$env:ONNXDEEP_HOME/settings.json" | Should -Not -Exist
    }

    It 'refuses a library that others can change' -Skip:$IsWindows {
        Set-Content "$TestDrive/shared.so" 'x'
        chmod 664 "$TestDrive/shared.so"

        $failure = Get-Failure { Register-OnnxExecutionProvider Test TestDrive:\shared.so -Persist }

        $failure.FullyQualifiedErrorId | Should -BeExactly "ProviderLibraryUnsafe,$by"
        $failure.CategoryInfo.Category | Should -BeExactly SecurityError
        $failure.Exception.Message | Should -BeLike "*has mode 0664;*chmod go-w '$TestDrive/shared.so'*"
        "$env:ONNXDEEP_HOME/settings.json" | Should -Not -Exist
    }

    It 'loads nothing with -WhatIf' {
        Register-OnnxExecutionProvider Test ./none.so -Persist -WhatIf | Should -BeNullOrEmpty
        "$env:ONNXDEEP_HOME/settings.json" | Should -Not -Exist
    }

    Context 'a plug-in' -Skip:(-not $canCompile) -ForEach @{ Headers = "$headers" } {
        BeforeAll {
            $plugin = "$TestDrive/plugin.so"
            cc -shared -fPIC "-I$Headers" -o $plugin "$PSScriptRoot/../data/plugin/plugin.c"
        }

        AfterEach {
            Unregister-OnnxExecutionProvider Beads -ErrorAction Ignore
        }

        It 'runs models from then on, and no longer once it is unregistered' {
            $device = Register-OnnxExecutionProvider Beads TestDrive:\plugin.so

            $device.Name | Should -BeExactly Beads
            $device.IsAvailable | Should -BeTrue
            $device.Library | Should -Be $plugin
            (Test-FoodWord salad -Provider beads -DeviceId 0).Provider | Should -BeExactly Beads
            (Get-OnnxExecutionProvider Beads).Library | Should -Be $plugin
            "$env:ONNXDEEP_HOME/settings.json" | Should -Not -Exist

            Unregister-OnnxExecutionProvider Beads
            { Test-FoodWord salad -Provider Beads } | Should -Throw -ErrorId 'ProviderNotFound,*'
        }

        It 'is remembered with -Persist and forgotten by Unregister-OnnxExecutionProvider' {
            $null = Register-OnnxExecutionProvider Beads $plugin -Persist

            # A job is a separate process, in which nothing has been registered.
            Start-Job {
                (Test-FoodWord salad -Provider Beads).Provider
                Unregister-OnnxExecutionProvider Beads
            } | Receive-Job -Wait -AutoRemoveJob | Should -BeExactly Beads
            Start-Job { (Get-OnnxExecutionProvider Beads* | Measure-Object).Count } |
                Receive-Job -Wait -AutoRemoveJob | Should -Be 0
        }

        It 'does not take the name of another library' {
            $null = Register-OnnxExecutionProvider Beads $plugin

            { Register-OnnxExecutionProvider Beads $shared } | Should -Throw -ErrorId "ProviderExists,$by"
        }

        It 'cannot be unloaded while a command runs a model on it' {
            $null = Register-OnnxExecutionProvider Beads $plugin

            'salad' | Test-FoodWord -Provider Beads |
                ForEach-Object {
                    Unregister-OnnxExecutionProvider Beads -ErrorAction SilentlyContinue -ErrorVariable problems
                }

            $problems.FullyQualifiedErrorId |
                Should -BeExactly 'ProviderInUse,OnnxDeep.PowerShell.Providers.UnregisterOnnxExecutionProviderCommand'
        }

        It 'named CUDA is what Auto takes' {
            $null = Register-OnnxExecutionProvider CUDA $plugin
            try {
                (Test-FoodWord salad -Provider Auto).Provider | Should -BeExactly CUDA
            }
            finally {
                Unregister-OnnxExecutionProvider CUDA
            }
        }
    }
}
